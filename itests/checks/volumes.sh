# Checks of image --volumes, with files as volumes. Sourced by run.

check_volumes() {
  local from=$work/volumes to=$work/volumes-out seed
  mkdir -p "$from"
  for seed in a b c; do head -c 3M /dev/urandom >"$from/$seed.img"; done
  fixture ntfs-c1024 && mv "$work/ntfs-c1024.img" "$from/n.img"
  expect 0 "several volumes" "$imaging" image --volumes "$from/a.img,$from/b.img;$from/n.img" --out-dir "$to" --verify
  for seed in a b n; do
    that "... the image of $seed restores" "$imaging" restore --in "$to/$seed.img.skzimg" --device "$work/$seed.raw" --verify
  done
  that "... to its bytes" cmp "$from/b.img" "$work/b.raw"

  expect 6 "an image that stands there ends the job before the first image" "$imaging" image --volumes "$from/c.img,$from/a.img" --out-dir "$to"
  says "... it is named" "a.img.skzimg"
  that "... nothing was begun" test ! -e "$to/c.img.skzimg" -a ! -e "$to/c.img.skzimg.partial"

  rm -rf "$to"
  expect 3 "one of three is not there" "$imaging" image --volumes "$from/a.img,$from/none.img,$from/b.img" --out-dir "$to"
  says "... it is named" "no image of \"$from/none.img\""
  says "... how many there are" "2 of 3 images were made"
  that "... the others are there" "$imaging" verify --in "$to/b.img.skzimg"
  that "... and nothing of the one that failed" bash -c "! ls '$to' | grep -q none"
  cp "$from/c.img" "$from/none.img"
  expect 0 "once it is there, --resume makes it" "$imaging" image --volumes "$from/a.img,$from/none.img,$from/b.img" --out-dir "$to" --resume
  says "... and keeps the others" "Already complete: \"$to/a.img.skzimg\""
  expect 0 "its image restores" "$imaging" restore --in "$to/none.img.skzimg" --device "$work/none.raw"
  that "... to its bytes" cmp "$from/none.img" "$work/none.raw"

  # one fails in the middle: the first of its bad sectors is at its beginning
  rm -rf "$to"
  if faulty_disks volumes; then
    bad_disk
    plug_in --filter=ddrescue -- ddrescue-mapfile="$work/bad.map" || bad "nbdfuse"
    expect 3 "one that cannot be read" "$imaging" image --volumes "$work/bad/disk,$from/b.img" --out-dir "$to" --all-blocks --retries 0 --progress json
    cp "$work/out" "$work/out.txt"
    that "... and what was made, as JSON" python3 - "$work/out.txt" "$work/bad/disk" "$from/b.img" <<'P'
import json, sys
result = [json.loads(line) for line in open(sys.argv[1]) if line.startswith('{"type":"result"')][-1]
assert [image["device"] for image in result["images"]] == [sys.argv[3]], result
assert [(one["device"], one["exitCode"]) for one in result["failed"]] == [(sys.argv[2], 3)], result
P
    expect 7 "its bad sectors are recorded" "$imaging" image --volumes "$work/bad/disk,$from/b.img" --out-dir "$to" --all-blocks --retries 0 --on-read-error record --resume
    unplug
  fi
  rm -rf "$from" "$to"
}
