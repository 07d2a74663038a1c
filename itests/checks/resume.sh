# Checks of interrupted images, sourced by run.

digest() { sed -n "s/^ *$1 digest *//p" "$2" | head -1; }

# kill_loop NAME KILLS SEED: kills and resumes one image again and again; writes what it found to NAME.result
kill_loop() {
  local name=$1 kills=$2 killed=0 images=0 early=0 wrong=0 worst=0 lost=0 kept=0 resumed=0 pid before
  RANDOM=$3
  while [ $killed -lt "$kills" ]; do
    "$imaging" image --device "$work/v.raw" --out "$work/$name.skzimg" --frame-size 256K --chunk-size 4M --max-throughput 40M \
      --resume >"$work/$name.log" 2>&1 &
    pid=$!
    # one in eight at any moment of the start, the others while the image is looked at, written or finished
    if [ $((RANDOM % 8)) = 0 ]; then
      sleep 0.$(printf %03d $((RANDOM % 1000)))
    else
      for _ in $(seq 1000); do grep -qE 'are kept|beginning' "$work/$name.log" && break; sleep 0.04; done
      sleep "0.$(printf %03d $((RANDOM % 800)))"
    fi
    kill -KILL $pid 2>/dev/null && killed=$((killed + 1))
    wait $pid 2>/dev/null
    before=$(sed -n 's/.* content are kept, \([0-9]*\) bytes of the file are not whole.*/\1/p' "$work/$name.log")
    if [ -n "$before" ]; then resumed=$((resumed + 1)); lost=$((lost + before)); [ "$before" -gt $worst ] && worst=$before; fi
    grep -qE 'are kept|beginning|is empty' "$work/$name.log" || early=$((early + 1))
    if grep -q 'imaging: ' "$work/$name.log"; then echo "failed=1" >"$work/$name.result"; return; fi
    if [ -e "$work/$name.skzimg" ]; then
      images=$((images + 1))
      cmp -s "$work/i.skzimg" "$work/$name.skzimg" || wrong=$((wrong + 1))
      rm -f "$work/$name.skzimg"
    fi
  done
  # the last one to its end, undisturbed: on a slow machine no other may have come there
  if "$imaging" image --device "$work/v.raw" --out "$work/$name.skzimg" --frame-size 256K --chunk-size 4M --resume >"$work/$name.log" 2>&1; then
    images=$((images + 1))
    cmp -s "$work/i.skzimg" "$work/$name.skzimg" || wrong=$((wrong + 1))
  else
    echo "failed=1" >"$work/$name.result"; return
  fi
  echo "failed=0 killed=$killed images=$images early=$early wrong=$wrong worst=$worst lost=$lost resumed=$resumed" >"$work/$name.result"
}

# Jobs that are killed by SIGKILL at random moments and resumed until they are done, again and again, until KILLS kills were
# survived. Each finished image must have the bytes of an undisturbed one; what a kill cost is counted.
check_kills() {
  local kills=${KILLS:-200} seed=${SEED:-$(($(date +%s) % 32768))} loop failed killed images early wrong worst lost resumed
  local all_killed=0 all_images=0 all_early=0 all_wrong=0 all_worst=0 all_lost=0 all_resumed=0
  say "        seed $seed (SEED=$seed repeats the moments)"
  # a third does not compress, a third does well, a third is zeros
  head -c 24M /dev/urandom >"$work/v.raw"; yes "some text that compresses" | head -c 24M >>"$work/v.raw"; truncate -s 72M "$work/v.raw"
  export SOURCE_DATE_EPOCH=1700000000
  expect 0 "the undisturbed job" "$imaging" image --device "$work/v.raw" --out "$work/i.skzimg" --frame-size 256K --chunk-size 4M
  for loop in 1 2 3; do kill_loop k$loop $(((kills + 2) / 3)) $((seed + loop)) 2>/dev/null & done
  wait
  unset SOURCE_DATE_EPOCH
  for loop in 1 2 3; do
    eval "$(cat "$work/k$loop.result")"
    if [ "$failed" = 1 ]; then cp "$work/k$loop.log" "$work/out"; bad "a resumed job failed"; return; fi
    all_killed=$((all_killed + killed)); all_images=$((all_images + images)); all_early=$((all_early + early))
    all_wrong=$((all_wrong + wrong)); all_lost=$((all_lost + lost)); all_resumed=$((all_resumed + resumed))
    [ $worst -gt $all_worst ] && all_worst=$worst
  done
  that "$all_killed kills, $all_resumed resumed, $all_early before the job was at its image" test $all_resumed -gt $((all_killed / 3))
  that "$all_images finished images, each the bytes of the undisturbed one" test $all_images -gt 0 -a $all_wrong = 0
  that "not whole after a kill: $all_worst bytes at most, $all_lost in all; no kill cost more than one frame" \
    test $all_worst -le $((256 * 1024 + 2621 + 65536 + 84))
  rm -f "$work"/k?.*; clean
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
  # stopped while header and index were written: there is nothing to resume, and the image is made again
  for at in 1 9 130 $((256 + RANDOM % 40)); do
    rm -f "$i" "$i.partial"; head -c $at "$whole" >"$i.partial"
    expect 0 "cut at byte $at, in the begin of the image: resume" "$imaging" image --device "$v" --out "$i" --resume --frame-size 256K --chunk-size 2M
    says "cut at byte $at: it says that it begins a new one" "beginning a new image"
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

# A bit of an unfinished image flips: what is resumed and ends with 0 verifies, and a repair that is stopped leaves nothing.
check_resumed_verifies() {
  has python3 || { skip resumed_verifies "needs python3"; return; }
  local v=$work/v.raw i=$work/i.skzimg w=$work/w.skzimg what check pid
  head -c 24M /dev/urandom >"$v"
  export SOURCE_DATE_EPOCH=1700000000
  "$imaging" image --device "$v" --out "$w" --all-blocks --chunk-size 4M --frame-size 1M >/dev/null 2>&1
  for what in SKZCHNK1+40,quick SKZFRAM1+30,quick SKZFRAM1+5000,none SKZFRAM1+5000,full SKZTABL1+100,none SKZINDX1+40,quick; do
    check=${what#*,}; what=${what%,*}
    rm -f "$i"; head -c $(($(stat -c %s "$w") * 5 / 6)) "$w" >"$i.partial"
    python3 - "$i.partial" "${what%+*}" "${what#*+}" <<'P'
import sys
name, tag, more = sys.argv[1:]
data = bytearray(open(name, 'rb').read())
data[data.find(tag.encode()) + int(more)] ^= 1
open(name, 'wb').write(data)
P
    expect 0 "a bit flips at $what: resume with --resume-check $check" "$imaging" image --device "$v" --out "$i" --all-blocks --resume --resume-check "$check"
    expect 0 "and it verifies" "$imaging" verify --in "$i"
    that "with the bytes of an undisturbed image" cmp "$w" "$i"
  done
  unset SOURCE_DATE_EPOCH
  head -c 300M /dev/urandom >"$v"
  "$imaging" image --device "$v" --out "$w" --all-blocks --force >/dev/null 2>&1
  "$imaging" repair --in "$w" --out "$work/n.skzimg" >/dev/null 2>&1 & pid=$!
  for _ in $(seq 200); do [ -e "$work/n.skzimg.partial" ] && break; sleep 0.05; done
  kill -TERM $pid; wait $pid
  that "a repair that is stopped leaves nothing" test ! -e "$work/n.skzimg.partial"
  clean
}

# What docs/acceptance.md and docs/reliability.md name must exist.
check_documents() {
  local name class method file missing=0 count=0
  for name in $(grep -ohE '`[A-Z][A-Za-z]*(Test|IT)(\.[a-zA-Z]+)?`|`check_[a-z_]+`' "$root/docs/acceptance.md" "$root/docs/reliability.md" | tr -d '`' | sort -u); do
    count=$((count + 1)); class=${name%%.*}; method=${name#*.}
    case $name in
      check_*) declare -F "$name" >/dev/null || { missing=$((missing + 1)); say "        there is no $name"; } ;;
      *)
        file=$(find "$root/bundles" "$root/itests" -path '*/src/test/*' -name "$class.java")
        # several modules have classes of one name
        if [ -z "$file" ] || { [ "$method" != "$class" ] && ! printf '%s\n' "$file" | xargs -d '\n' grep -q "void $method("; }; then
          missing=$((missing + 1)); say "        there is no $name"
        fi ;;
    esac
  done
  that "the $count tests that the documents name exist" test $missing = 0 -a $count -gt 30
}
