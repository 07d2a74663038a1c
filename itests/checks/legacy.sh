# Checks of images of the C# tool, sourced by run. Need zstd.

# legacy NAME: writes the image NAME of the fixtures to $work/NAME.skzimg, cut and patched as its oracle says
legacy() {
  local name=$1 base offset hex cut
  base=$(field "$name" base)
  zstd -dqf --long=27 "$fixtures/${base:-$name.skzimg}.zst" -o "$work/$name.skzimg"
  cut=$(sed -n 's/^ "truncateTo": \([0-9]*\).*/\1/p' "$fixtures/$name.json")
  [ -z "$cut" ] || truncate -s "$cut" "$work/$name.skzimg"
  offset=$(sed -n '/"patches"/,/\]/s/.*"offset": \([0-9]*\).*/\1/p' "$fixtures/$name.json")
  hex=$(sed -n '/"patches"/,/\]/s/.*"hex": "\([0-9a-f]*\)".*/\1/p' "$fixtures/$name.json")
  [ -z "$hex" ] || printf "$(sed 's/../\\x&/g' <<<"$hex")" \
    | dd of="$work/$name.skzimg" bs=1 seek="$offset" conv=notrunc status=none
  that "$name is what its oracle says" test "$(sha "$work/$name.skzimg")" = "$(field "$name" sha256)"
}

check_legacy() {
  local name digest image end
  for name in legacy-v1-all legacy-v2-all legacy-v3-used; do
    legacy $name
    image=$work/$name.skzimg digest=$(field $name deviceSha256)
    expect 0 "$name: info" "$imaging" info --in "$image"
    says "$name: its version" "img1 version $(field $name version)"
    expect 0 "$name: verify" "$imaging" verify --in "$image"
    expect 0 "$name: verify --quick" "$imaging" verify --quick --in "$image"
    says "$name: quick looks at all" "(100.0 %)"
    expect 0 "$name: restore" "$imaging" restore --in "$image" --device "$work/r.raw" --verify
    that "$name: the restored device" test "$(sha "$work/r.raw")" = "$digest"
    expect 0 "$name: export-raw" "$imaging" export-raw --in "$image" --out "$work/e.raw"
    that "$name: the exported device" cmp "$work/r.raw" "$work/e.raw"
    expect 0 "$name: export-range" "$imaging" export-range --in "$image" --offset 1234567 --length 345678 --out "$work/p.raw"
    that "$name: the exported range" cmp <(tail -c +1234568 "$work/r.raw" | head -c 345678) "$work/p.raw"
    that "$name is as it was" test "$(sha "$image")" = "$(field $name sha256)"
    mv "$work/r.raw" "$work/whole.device"; rm -f "$work"/*.raw
  done
  legacy legacy-flip
  expect 4 "a flipped bit: verify" "$imaging" verify --in "$work/legacy-flip.skzimg"
  says "a flipped bit: its chunk" "SHA-256 of the content of chunk $(field legacy-flip badChunk)"
  expect 4 "a flipped bit: restore" "$imaging" restore --in "$work/legacy-flip.skzimg" --device "$work/r.raw"
  expect 0 "a flipped bit: what lies behind" "$imaging" export-range --in "$work/legacy-flip.skzimg" --offset 1507328 \
    --length 4784128 --out "$work/p.raw"
  that "a flipped bit: what lies behind is as it was" cmp <(tail -c +1507329 "$work/whole.device") "$work/p.raw"
  rm -f "$work"/*.raw

  legacy legacy-cut-index
  expect 0 "a cut index: info" "$imaging" info --in "$work/legacy-cut-index.skzimg"
  expect 4 "a cut index: verify" "$imaging" verify --in "$work/legacy-cut-index.skzimg"
  expect 0 "a cut index: restore" "$imaging" restore --in "$work/legacy-cut-index.skzimg" --device "$work/r.raw"
  that "a cut index: the device" cmp "$work/whole.device" "$work/r.raw"
  rm -f "$work"/*.raw

  legacy legacy-no-tail
  image=$work/legacy-no-tail.skzimg
  expect 0 "a lost end: info" "$imaging" info --in "$image"
  end=$(sed -n 's/.*img1.lostFrom *//p' "$work/out")
  expect 4 "a lost end: verify" "$imaging" verify --in "$image"
  says "a lost end: where it is" "device bytes $end to"
  expect 4 "a lost end: restore" "$imaging" restore --in "$image" --device "$work/r.raw"
  says "a lost end: the way out" "export-range --offset 0 --length $end"
  expect 0 "a lost end: the way out is one" "$imaging" export-range --in "$image" --offset 0 --length "$end" --out "$work/p.raw"
  that "a lost end: what lies before is as it was" cmp <(head -c "$end" "$work/whole.device") "$work/p.raw"

  for name in legacy-index-count legacy-index-range; do
    legacy $name
    expect 4 "$name: info refuses it" "$imaging" info --in "$work/$name.skzimg"
    truncate -s -12 "$work/$name.skzimg"
    expect 4 "$name: without its tail it opens, as damaged" "$imaging" verify --in "$work/$name.skzimg"
    says "$name: by the heads" "11 chunks"
  done
  expect 5 "no repair" "$imaging" repair --in "$image"
  rm -f "$work/whole.device"; clean
}
