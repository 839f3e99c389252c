;; Encodes bytes as Base64, twelve at a time. Both buffers lie in the memory, which the caller sizes.
(module
  (memory (export "memory") 1)

  ;; Encodes the bytes from $source up to $end and writes the characters from $target on.
  ;;
  ;; Lines of $line bytes (a multiple of three) are taken one by one, each followed by the characters of $break's
  ;; lowest byte if that is not 0. A last group of one or two bytes is filled up with zero bits, which takes two zero
  ;; bytes behind $end. Up to 16 bytes behind $end are read and up to 16 behind the result are written.
  ;;
  ;; Returns the address behind the last character.
  (func (export "encode")
    (param $source i32) (param $end i32) (param $target i32) (param $line i32) (param $break i32)
    (result i32)
    (local $lineEnd i32) (local $groups v128) (local $sixBits v128) (local $surplus i32)
    (block $done
      (loop $lines
        (br_if $done (i32.ge_u (local.get $source) (local.get $end)))
        ;; The line ends after $line bytes, or where the bytes end.
        (local.set $lineEnd (i32.add (local.get $source) (local.get $line)))
        (if (i32.gt_u (local.get $lineEnd) (local.get $end))
          (then (local.set $lineEnd (local.get $end))))

        (loop $steps
          ;; Four groups of three bytes, each as the number a·65536 + b·256 + c.
          (local.set $groups
            (i8x16.swizzle
              (v128.load align=1 (local.get $source))
              (v128.const i8x16 2 1 0 16  5 4 3 16  8 7 6 16  11 10 9 16)))
          ;; The number's four times six bits, the highest in the first byte.
          (local.set $sixBits
            (v128.or
              (v128.or
                (v128.and
                  (i32x4.shr_u (local.get $groups) (i32.const 18))
                  (v128.const i32x4 0x0000003f 0x0000003f 0x0000003f 0x0000003f))
                (v128.and
                  (i32x4.shr_u (local.get $groups) (i32.const 4))
                  (v128.const i32x4 0x00003f00 0x00003f00 0x00003f00 0x00003f00)))
              (v128.or
                (v128.and
                  (i32x4.shl (local.get $groups) (i32.const 10))
                  (v128.const i32x4 0x003f0000 0x003f0000 0x003f0000 0x003f0000))
                (v128.and
                  (i32x4.shl (local.get $groups) (i32.const 24))
                  (v128.const i32x4 0x3f000000 0x3f000000 0x3f000000 0x3f000000)))))
          ;; A character is its six bits plus what its range lies apart from them in ASCII. The ranges are numbered:
          ;; 13 for A to Z, 0 for a to z, 1 to 10 for the digits, 11 for + and 12 for /.
          (v128.store align=1 (local.get $target)
            (i8x16.add
              (local.get $sixBits)
              (i8x16.swizzle
                (v128.const i8x16 71 -4 -4 -4 -4 -4 -4 -4 -4 -4 -4 -19 -16 65 0 0)
                (v128.or
                  (i8x16.sub_sat_u
                    (local.get $sixBits)
                    (v128.const i8x16 51 51 51 51 51 51 51 51 51 51 51 51 51 51 51 51))
                  (v128.and
                    (i8x16.lt_u
                      (local.get $sixBits)
                      (v128.const i8x16 26 26 26 26 26 26 26 26 26 26 26 26 26 26 26 26))
                    (v128.const i8x16 13 13 13 13 13 13 13 13 13 13 13 13 13 13 13 13))))))
          (local.set $source (i32.add (local.get $source) (i32.const 12)))
          (local.set $target (i32.add (local.get $target) (i32.const 16)))
          (br_if $steps (i32.lt_u (local.get $source) (local.get $lineEnd))))

        ;; The last step may have gone too far, by whole groups.
        (local.set $surplus
          (i32.div_u (i32.sub (local.get $source) (local.get $lineEnd)) (i32.const 3)))
        (local.set $target
          (i32.sub (local.get $target) (i32.shl (local.get $surplus) (i32.const 2))))
        (local.set $source (local.get $lineEnd))
        (if (local.get $break)
          (then
            (i32.store8 (local.get $target) (local.get $break))
            (local.set $target (i32.add (local.get $target) (i32.const 1)))))
        (br $lines)))
    (local.get $target)))
