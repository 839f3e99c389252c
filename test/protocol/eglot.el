;;; Drives Eglot as its user would, and writes down what was seen. Loaded by eglot.test.ts.  -*- lexical-binding: t -*-
(require 'eglot)
(require 'json)

(defvar seen nil)

(defun saw (what value) (push (cons what value) seen))

(defun wait (what condition)
  (let ((end (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "No %s" what))
      (accept-process-output nil 0.02))))

(defun go-to (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun tell-changes ()
  "Tells the server what it is told when its user pauses."
  (eglot--signal-textDocument/didChange))

(defun line () (string-trim (thing-at-point 'line t)))

(defun lines-with (text)
  (vconcat (seq-filter (lambda (each) (string-match-p (regexp-quote text) each))
                       (mapcar #'string-trim (split-string (buffer-string) "\n")))))

(defun choose-action (title)
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt items &rest _)
               (car (seq-find (lambda (each) (string-prefix-p title (car each))) items)))))
    ;; Without a key before it a menu would be opened.
    (let ((last-nonmenu-event ?\r))
      (eglot-code-actions (point) nil nil t))))

(condition-case problem
    (progn
      (find-file "Acme.sopm")
      (setq-local indent-tabs-mode nil tab-width 4)
      (apply #'eglot--connect (eglot--guess-contact))
      (wait "server" #'eglot-managed-p)

      (go-to "acme_room\"/>")
      (saw 'references (vconcat (mapcar (lambda (each) (string-trim (substring-no-properties (xref-item-summary each))))
                                        (xref-backend-references 'eglot nil))))
      (xref-find-definitions (xref-backend-identifier-at-point 'eglot))
      (saw 'definition (line))
      (go-to "acme_room\"/>")
      (eglot-rename "acme_hall")
      (saw 'renamed (lines-with "acme_hall"))
      (tell-changes)
      (eglot-rename "acme_room")
      (tell-changes)

      (go-to "<Version>")
      (insert "  ")
      (tell-changes)
      (eglot-format-buffer)
      (tell-changes)
      (go-to "1.0.0</Version>")
      (saw 'formatted (thing-at-point 'line t))
      (choose-action "Raise the version to 1.1.0")
      (saw 'raised (lines-with "1.1.0"))
      (tell-changes)

      (go-to "Location=\"Kernel")
      (search-forward "\"")
      (insert "/")
      (tell-changes)
      (choose-action "Remove the slash")
      (saw 'mended (line)))
  (error (saw 'failed (format "%S" problem))))

(with-temp-file (getenv "SOPM_TEST_SEEN") (insert (json-encode seen)))
