# Checks of the codecs beside zstd, and of --codec auto, sourced by run.

# A volume that holds what does not compress, what does, and zeros: $1 MiB of each
codec_volume() {
  head -c "$1M" /dev/urandom >"$work/v.raw"; yes "some text that compresses" | head -c "$1M" >>"$work/v.raw"
  truncate -s $(($1 * 4))M "$work/v.raw"; tr '\0' '\377' </dev/zero | head -c 5000 >>"$work/v.raw"; truncate -s %512 "$work/v.raw"
}

check_codecs() {
  local codec
  has lz4 || { skip codecs "lz4 is not installed"; return; }
  codec_volume 6
  for codec in gzip xz lz4 bzip2 none auto; do
    expect 0 "$codec: image, verified" "$imaging" image --device "$work/v.raw" --out "$work/$codec.skzimg" --codec $codec \
      --frame-size 1M --verify
    case $codec in
      lz4) says "it says how lz4 restores it" "lz4 -d '$work/lz4.skzimg' DEVICE.raw" ;;
      auto) says "it says how zstd restores it" "zstd -d '$work/auto.skzimg' -o DEVICE.raw" ;;
      *) says "it says that no common tool restores it" "no common tool reads images of codec $codec" ;;
    esac
    expect 0 "$codec: restore" "$imaging" restore --in "$work/$codec.skzimg" --device "$work/r.raw" --force
    that "$codec: what was restored is the source" cmp "$work/v.raw" "$work/r.raw"
  done
  rm -f "$work/r.raw"
  expect 0 "lz4 -d restores the image" lz4 -q -d "$work/lz4.skzimg" "$work/r.raw"
  that "... to what the source is" cmp "$work/v.raw" "$work/r.raw"
  expect 0 "zstd -d restores what auto made" zstd -q -f -d "$work/auto.skzimg" -o "$work/r.raw"
  that "... to what the source is" cmp "$work/v.raw" "$work/r.raw"
  expect 1 "a level that a codec does not have" "$imaging" image --device "$work/v.raw" --out "$work/n.skzimg" --codec lz4 --level 9
  says "... is refused with those it has" "1 to 1"
  if has mkfs.ext4; then
    # used blocks here and there, so that gaps stand between frames
    truncate -s 96M "$work/e.raw"; mkfs.ext4 -q -F "$work/e.raw"
    expect 0 "lz4, an ext4 volume: image" "$imaging" image --device "$work/e.raw" --out "$work/e.skzimg" --codec lz4 --frame-size 64K
    expect 0 "lz4, an ext4 volume: lz4 -t finds it whole" lz4 -q -t "$work/e.skzimg"
    expect 0 "lz4, an ext4 volume: lz4 -d" lz4 -q -f -d "$work/e.skzimg" "$work/r.raw"
    expect 0 "lz4, an ext4 volume: export-raw" "$imaging" export-raw --in "$work/e.skzimg" --out "$work/x.raw"
    that "lz4, an ext4 volume: both give the same" cmp "$work/x.raw" "$work/r.raw"
  fi
  clean
}

# killed_and_resumed CODEC: a job that is killed and resumed gives the bytes of one that is not; resume names no codec
killed_and_resumed() {
  local codec=$1 i=$work/k.skzimg pid at
  expect 0 "$codec: undisturbed" "$imaging" image --device "$work/v.raw" --out "$work/u.skzimg" --codec "$codec" --level "$2" \
    --frame-size 256K --chunk-size 4M
  for at in 300 900; do
    "$imaging" image --device "$work/v.raw" --out "$i" --codec "$codec" --level "$2" --frame-size 256K --chunk-size 4M \
      --max-throughput 8M --force >"$work/out" 2>&1 &
    pid=$!
    for _ in $(seq 200); do [ "$(stat -c %s "$i.partial" 2>/dev/null || echo 0)" -gt $((at * 1000)) ] && break; sleep 0.05; done
    kill -KILL $pid 2>/dev/null; wait $pid 2>/dev/null
    that "$codec: killed midway" test -e "$i.partial"
    expect 0 "$codec: resume" "$imaging" image --device "$work/v.raw" --out "$i" --resume
    that "$codec: the same bytes as undisturbed" cmp "$work/u.skzimg" "$i"
    rm -f "$i"
  done
  rm -f "$work/u.skzimg"
}

check_codec_kills() {
  codec_volume 4
  export SOURCE_DATE_EPOCH=1700000000
  killed_and_resumed lz4 1
  killed_and_resumed auto 9
  unset SOURCE_DATE_EPOCH
  clean
}
