;; Passes over text that is Base64 or blank, 32 characters at a time. It lies at the beginning of the memory.
(module
  (memory (export "memory") 1)

  ;; How many of the characters that were passed over the last time are blanks, and how many of these line feeds.
  (global $blanks (export "blanks") (mut i32) (i32.const 0))
  (global $lineFeeds (export "lineFeeds") (mut i32) (i32.const 0))

  (func $count (param $text v128)
    (global.set $blanks
      (i32.add
        (global.get $blanks)
        ;; All blanks come before all of Base64.
        (i32.popcnt (i8x16.bitmask (i8x16.le_u (local.get $text) (i8x16.splat (i32.const 32)))))))
    (global.set $lineFeeds
      (i32.add
        (global.get $lineFeeds)
        (i32.popcnt (i8x16.bitmask (i8x16.eq (local.get $text) (i8x16.splat (i32.const 10))))))))

  ;; Passes over text of $length bytes, and returns the address of the first 32 characters among which there is something
  ;; else, or of what is left when there are no 32 more.
  ;;
  ;; The upper four bits of a character say which group of sixteen it is in, and each group is a bit. For the lower four
  ;; bits there are the groups in which they make neither Base64 nor a blank. The last bit stands for all other groups.
  (func (export "pass") (param $length i32) (result i32)
    (local $at i32) (local $one v128) (local $other v128)
    (global.set $blanks (i32.const 0))
    (global.set $lineFeeds (i32.const 0))
    (block $done
      (loop $steps
        (br_if $done (i32.gt_u (i32.add (local.get $at) (i32.const 32)) (local.get $length)))
        (local.set $one (v128.load (local.get $at)))
        (local.set $other (v128.load offset=16 (local.get $at)))
        (br_if $done
          (v128.any_true
            (v128.or
              (v128.and
                (i8x16.swizzle
                  (v128.const i8x16 0x01 0x20 0x02 0x04 0x08 0x10 0x08 0x10 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20)
                  (i8x16.shr_u (local.get $one) (i32.const 4)))
                (i8x16.swizzle
                  (v128.const i8x16 0x29 0x23 0x23 0x23 0x23 0x23 0x23 0x23 0x23 0x22 0x26 0x35 0x37 0x36 0x37 0x35)
                  (v128.and (local.get $one) (v128.const i8x16 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15))))
              (v128.and
                (i8x16.swizzle
                  (v128.const i8x16 0x01 0x20 0x02 0x04 0x08 0x10 0x08 0x10 0x20 0x20 0x20 0x20 0x20 0x20 0x20 0x20)
                  (i8x16.shr_u (local.get $other) (i32.const 4)))
                (i8x16.swizzle
                  (v128.const i8x16 0x29 0x23 0x23 0x23 0x23 0x23 0x23 0x23 0x23 0x22 0x26 0x35 0x37 0x36 0x37 0x35)
                  (v128.and (local.get $other) (v128.const i8x16 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15)))))))
        (if
          (v128.any_true
            (i8x16.le_u
              (i8x16.min_u (local.get $one) (local.get $other))
              (v128.const i8x16 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32 32)))
          (then
            (call $count (local.get $one))
            (call $count (local.get $other))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br $steps)))
    (local.get $at)))
