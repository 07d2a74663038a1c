# Checks of interrupted images, sourced by run.

digest() { sed -n "s/^ *$1 digest *//p" "$2" | head -1; }

# A job that is killed by SIGKILL at random moments and resumed until it is done, again and again, until KILLS kills were
# survived. Each finished image must have the digest of an undisturbed one; what a kill cost is counted.
check_kills() {
  local kills=${KILLS:-200} seed=${SEED:-$(($(date +%s) % 32768))} killed=0 images=0 early=0 wrong=0 worst=0 lost=0 kept
  RANDOM=$seed
  say "        seed $seed (SEED=$seed repeats the moments)"
  # a third compresses well, a third not at all, a third is zeros
  head -c 48M /dev/urandom >"$work/v.raw"; yes "some text that compresses" | head -c 48M >>"$work/v.raw"; truncate -s 144M "$work/v.raw"
  local job=("$imaging" image --device "$work/v.raw" --out "$work/k.skzimg" --frame-size 256K --chunk-size 4M --max-throughput 90M)
  export SOURCE_DATE_EPOCH=1700000000
  expect 0 "the undisturbed job" "$imaging" image --device "$work/v.raw" --out "$work/i.skzimg" --frame-size 256K --chunk-size 4M
  while [ $killed -lt "$kills" ]; do
    "${job[@]}" --resume >"$work/log" 2>&1 &
    local pid=$!
    # from the start of the process until it is nearly done
    sleep "$((RANDOM % 2)).$(printf %03d $((RANDOM % 1000)))"
    if kill -KILL $pid 2>/dev/null; then killed=$((killed + 1)); fi
    wait $pid 2>/dev/null
    kept=$(sed -n 's/.* content are kept, \([0-9]*\) bytes of the file are not whole.*/\1/p' "$work/log")
    if [ -n "$kept" ]; then lost=$((lost + kept)); [ "$kept" -gt $worst ] && worst=$kept; fi
    grep -qE 'kept|beginning a new|empty' "$work/log" || early=$((early + 1))
    if grep -qE 'imaging: ' "$work/log"; then cp "$work/log" "$work/out"; bad "a resumed job failed after $killed kills"; return; fi
    if [ -e "$work/k.skzimg" ]; then
      images=$((images + 1))
      cmp -s "$work/i.skzimg" "$work/k.skzimg" || wrong=$((wrong + 1))
      rm -f "$work/k.skzimg"
    fi
  done
  unset SOURCE_DATE_EPOCH
  that "$killed kills: $images finished images, each the same bytes as the undisturbed one" test $images -gt 0 -a $wrong = 0
  say "        $early kills came before the job was at the image; not whole after a kill: $worst bytes at most, $lost in all"
  that "no kill cost more than one frame" test $worst -le $((256 * 1024 + 65536 + 2621 + 84 + 16))
  rm -f "$work/k.skzimg.partial"; clean
}

check_resume() {
  fixture ntfs-c4096; fixture ntfs-c1024
  local v=$work/ntfs-c4096.img i=$work/i.skzimg whole length at code
  SOURCE_DATE_EPOCH=1700000000 "$imaging" image --device "$v" --out "$work/whole.skzimg" --frame-size 256K --chunk-size 2M >"$work/whole.out" 2>&1
  whole=$work/whole.skzimg; length=$(stat -c %s "$whole")
  export SOURCE_DATE_EPOCH=1700000000
  # cut at borders of structures and in between, as a power cut could leave it
  for at in $((length - 1)) $((length - 100)) $((length - 3000)) $((length * 7 / 8)) $((length / 2)) $((length / 3)) $((length / 7)); do
    rm -f "$i" "$i.partial"; head -c $at "$whole" >"$i.partial"
    expect 0 "cut at byte $at of $length: resume" "$imaging" image --device "$v" --out "$i" --resume
    that "cut at byte $at: the same bytes as an undisturbed image" cmp "$whole" "$i"
  done
  # what a file system leaves of writes that were not forced: zeros
  rm -f "$i"; head -c $((length / 2)) "$whole" >"$i.partial"; truncate -s $((length / 2 + 700000)) "$i.partial"
  expect 0 "zeros at the end: resume" "$imaging" image --device "$v" --out "$i" --resume
  that "zeros at the end: the same bytes" cmp "$whole" "$i"
  expect 0 "a finished image: resume" "$imaging" image --device "$v" --out "$i" --resume
  says "a finished image is already complete" "already complete"
  rm -f "$i"; head -c $((length / 2)) "$whole" >"$i.partial"
  expect 3 "another volume is refused" "$imaging" image --device "$work/ntfs-c1024.img" --out "$i" --resume
  expect 1 "all blocks instead of used ones are refused" "$imaging" image --device "$v" --out "$i" --resume --all-blocks
  says "with the reason" "one image cannot have both"
  expect 1 "another frame size is refused" "$imaging" image --device "$v" --out "$i" --resume --frame-size 1M
  that "refused runs leave the unfinished image alone" cmp -n $((length / 2)) "$whole" "$i.partial"
  expect 0 "another chunk size, level and number of workers" "$imaging" image --device "$v" --out "$i" --resume --chunk-size 8M --level 7 --parallel 1
  that "give the same content digest" test "$(digest content "$work/out")" = "$(digest content "$work/whole.out")"
  expect 0 "and a valid image" "$imaging" verify --in "$i"
  if has zstd; then expect 0 "which zstd accepts" zstd -tq "$i"; fi
  rm -f "$i"; echo "this is no image" >"$i.partial"
  expect 5 "what is no image is not resumed" "$imaging" image --device "$v" --out "$i" --resume
  rm -f "$i.partial"
  expect 0 "nothing to resume: a new image" "$imaging" image --device "$v" --out "$i" --resume
  says "and it says so" "beginning a new one"
  unset SOURCE_DATE_EPOCH; rm -f "$i.partial"; clean
}
