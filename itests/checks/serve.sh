# Images as block devices, as real NBD clients see them.
# shellcheck disable=SC2154

# serving NAME PROTOCOL ARGUMENT...: starts a server in the background; its output goes to $work/NAME.out; waits until it serves
serve_pid=
serving() {
  local name=$1 try; shift
  : >"$work/$name.out"
  "$imaging" serve "$@" >"$work/$name.out" 2>&1 </dev/null &
  serve_pid=$!
  for try in $(seq 300); do
    grep -q '^.*serving ' "$work/$name.out" && return 0
    kill -0 "$serve_pid" 2>/dev/null || break
    sleep 0.1
  done
  cp "$work/$name.out" "$work/out"; bad "serve $*: it does not serve ($try)"; return 1
}

# serve NAME ARGUMENT...: the same for block devices
serve() { local name=$1; shift; serving "$name" nbd "$@"; }

# end_serving WHAT CODE: as by Ctrl+C (whose signal a shell has its background ignore)
end_serving() {
  local actual=0
  kill -TERM "$serve_pid" 2>/dev/null
  wait "$serve_pid" || actual=$?
  if [ "$actual" = "$2" ]; then ok "$1: ends with exit code $2"; else bad "$1: ends with exit code $actual, expected $2"; fi
}

# the folder of the checks has a blank, which a URI cannot have
uri() { printf 'nbd+unix:///%s?socket=%s' "$1" "${work// /%20}/nbd.sock"; }

# a disk with two partitions and content outside of them, and a set of it
serve_disk() {
  rm -rf "$work"/v.*
  truncate -s 160M "$work/v.raw"
  printf 'label: gpt\nstart=2048, size=65536\nstart=67584, size=131072\n' | sfdisk -q "$work/v.raw" || return
  truncate -s 32M "$work/v.ext"; mkfs.ext4 -q -F "$work/v.ext" || return
  dd if="$work/v.ext" of="$work/v.raw" bs=1M seek=1 conv=notrunc status=none
  head -c 30000000 /dev/urandom | dd of="$work/v.raw" bs=512 seek=70000 conv=notrunc iflag=fullblock status=none
  head -c 300000 /dev/urandom | dd of="$work/v.raw" bs=1M seek=120 conv=notrunc iflag=fullblock status=none
  "$imaging" backup-disk --device "$work/v.raw" --out-dir "$work/v.set" >"$work/out" 2>&1 &&
    "$imaging" restore-set --set-dir "$work/v.set" --out-raw "$work/v.restored" >"$work/out" 2>&1 &&
    "$imaging" image --device "$work/v.raw" --out "$work/v.skzimg" --all-blocks >"$work/out" 2>&1 &&
    "$imaging" export-raw --in "$work/v.skzimg" --out "$work/v.exported" >"$work/out" 2>&1
}

check_serve_nbd() {
  local tool name
  for tool in nbdinfo nbdcopy qemu-img qemu-io sfdisk mkfs.ext4; do
    has "$tool" || { skip serve_nbd "$tool is not installed"; return; }
  done
  if serve_disk; then ok "a disk, its image and its set"; else bad "a disk, its image and its set"; return; fi
  serve nbd --socket "$work/nbd.sock" --in "$work/v.skzimg" --export "set=$work/v.set" --export "two=$work/v.set#2" \
    --export "part=$work/v.skzimg#1" || return
  that "the socket is for its owner alone" test "$(stat -c %a "$work/nbd.sock")" = 600
  expect 0 "nbdinfo --list" nbdinfo --list "$(uri '')"
  for name in set two part; do says "... has \"$name\"" "export=\"$name\""; done
  expect 0 "nbdinfo --map" nbdinfo --map "$(uri '')"
  says "... has holes" "hole,zero"
  for name in :v.exported set:v.restored; do
    expect 0 "nbdcopy of \"${name%%:*}\"" nbdcopy "$(uri "${name%%:*}")" "$work/v.copy"
    that "... has the bytes of ${name#*:}" test "$(sha "$work/v.copy")" = "$(sha "$work/${name#*:}")"
  done
  nbdcopy "$(uri two)" "$work/v.copy"
  that "a partition of the set" cmp "$work/v.copy" <(dd if="$work/v.restored" bs=512 skip=67584 count=131072 status=none)
  nbdcopy "$(uri part)" "$work/v.copy"
  that "a partition of the image of the disk" cmp -n 33554432 "$work/v.copy" "$work/v.ext"
  expect 0 "qemu-img compare" qemu-img compare -f raw -F raw "$work/v.exported" "$(uri '')"
  qemu-img map --output=json "$(uri '')" >"$work/out" 2>&1
  says "qemu-img map" '"data": false'
  expect 0 "qemu-io reads" qemu-io -r -f raw -c 'read 12345 70001' -c 'read 157286400 4M' "$(uri '')"
  expect 1 "a write is refused" qemu-io -f raw -c 'write 0 4k' "$(uri '')"
  serve_at_once
  end_serving "the server" 0
  that "... and leaves no socket" test ! -e "$work/nbd.sock"
  cp "$work/nbd.out" "$work/out"; says "... and says what it did" "requests"
  rm -rf "$work"/v.*
}

# eight clients copy the whole disk at once
serve_at_once() {
  local i pids=() failed=0
  for i in 1 2 3 4 5 6 7 8; do
    nbdcopy "$(uri set)" "$work/v.copy$i" & pids+=($!)
  done
  for i in "${pids[@]}"; do wait "$i" || failed=1; done
  for i in 1 2 3 4 5 6 7 8; do cmp -s "$work/v.copy$i" "$work/v.restored" || failed=1; done
  that "eight clients at once" test $failed = 0
}

check_serve_overlay() {
  if ! { has qemu-io && has nbdcopy; }; then skip serve_overlay "qemu-io and nbdcopy are not installed"; return; fi
  local before
  head -c 9000000 /dev/urandom >"$work/w.raw"
  expect 0 "an image" "$imaging" image --device "$work/w.raw" --out "$work/w.skzimg" --all-blocks
  before=$(sha "$work/w.skzimg")
  serve nbd --socket "$work/nbd.sock" --in "$work/w.skzimg" --overlay "$work/w.overlay" || return
  expect 0 "a client writes" qemu-io -f raw -c 'write -P 0x55 1000 70000' -c 'write -z 1M 3M' -c flush -c 'read -P 0x55 1000 70000' \
    -c 'read -P 0 1M 3M' "$(uri '')"
  nbdcopy "$(uri '')" "$work/w.first"
  expect 6 "a second server on the same overlay" "$imaging" serve nbd --port 0 --in "$work/w.skzimg" --overlay "$work/w.overlay"
  kill -KILL "$serve_pid"; wait "$serve_pid" 2>/dev/null
  # the socket that was left is replaced, and what was flushed is there
  serve nbd --socket "$work/nbd.sock" --in "$work/w.skzimg" --overlay "$work/w.overlay" || return
  nbdcopy "$(uri '')" "$work/w.second"
  that "what was flushed before a kill is there" cmp "$work/w.first" "$work/w.second"
  end_serving "the server" 0
  that "the image is as it was" test "$before" = "$(sha "$work/w.skzimg")"
  head -c 9000000 /dev/urandom >"$work/w.raw"
  "$imaging" image --device "$work/w.raw" --out "$work/w.skzimg" --all-blocks --force >/dev/null 2>&1
  expect 6 "the overlay of another image" "$imaging" serve nbd --port 0 --in "$work/w.skzimg" --overlay "$work/w.overlay"
  rm -f "$work"/w.*
}

check_serve_as_disk() {
  if ! { has sfdisk && has nbdcopy && has mkfs.ext4; }; then skip serve_as_disk "sfdisk, nbdcopy and mkfs.ext4 are not installed"; return; fi
  truncate -s 20M "$work/w.ext"; mkfs.ext4 -q -F "$work/w.ext"
  expect 0 "an image of a volume" "$imaging" image --device "$work/w.ext" --out "$work/w.skzimg"
  serve nbd --socket "$work/nbd.sock" --in "$work/w.skzimg" --as-disk || return
  nbdcopy "$(uri '')" "$work/w.disk"
  expect 0 "sfdisk verifies the disk" sfdisk -V "$work/w.disk"
  dd if="$work/w.disk" of="$work/w.part" bs=1M skip=1 count=20 status=none
  expect 0 "fsck of its partition" e2fsck -fn "$work/w.part"
  end_serving "the server" 0
  rm -f "$work"/w.*
}

# pki FOLDER: a signer, a server and a client
pki() {
  mkdir -p "$1"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1/ca-key.pem" -out "$1/ca-cert.pem" -days 30 -subj /CN=signer || return
  local who
  for who in server client; do
    openssl req -newkey rsa:2048 -nodes -keyout "$1/$who-key.pem" -out "$1/$who.csr" -subj /CN=localhost &&
      openssl x509 -req -in "$1/$who.csr" -CA "$1/ca-cert.pem" -CAkey "$1/ca-key.pem" -CAcreateserial -out "$1/$who-cert.pem" -days 30 \
        -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1') || return
  done
}

check_serve_tls() {
  if ! { has nbdinfo && has openssl; }; then skip serve_tls "nbdinfo and openssl are not installed"; return; fi
  head -c 3000000 /dev/urandom >"$work/w.raw"
  expect 0 "an image" "$imaging" image --device "$work/w.raw" --out "$work/w.skzimg" --all-blocks
  expect 0 "certificates" pki "$work/pki"
  expect 1 "the network is not opened unasked" "$imaging" serve nbd --in "$work/w.skzimg" --listen 0.0.0.0
  says "... and it is said how" "--open-to-network"
  local port
  serve nbd --in "$work/w.skzimg" --port 0 --tls "$work/pki" || return
  port=$(sed -n 's,.*nbds://127.0.0.1:\([0-9]*\)/.*,\1,p' "$work/nbd.out")
  expect 0 "a client with a certificate" nbdcopy "nbds://localhost:$port/?tls-certificates=${work// /%20}/pki" "$work/w.copy"
  that "... gets the bytes" cmp "$work/w.raw" "$work/w.copy"
  mkdir -p "$work/nobody"; cp "$work/pki/ca-cert.pem" "$work/nobody"
  expect 1 "a client without a certificate" nbdinfo "nbds://localhost:$port/?tls-certificates=${work// /%20}/nobody"
  expect 1 "a client without TLS" nbdinfo "nbd://localhost:$port/"
  end_serving "the server" 0
  rm -rf "$work"/w.* "$work/pki" "$work/nobody"
}

# nothing of "mount" is left: no mount, no loop device, no process, no record
nothing_mounted() {
  local i
  # a loop device goes a moment after it was unmounted
  for i in $(seq 50); do
    ! mountpoint -q "$work/at" && ! losetup -l -n -O BACK-FILE | grep -q /run/imagingutility/ && ! pgrep -f 'nbdfuse.*/run/imagingutility/' >/dev/null &&
      [ -z "$(find /run/imagingutility -mindepth 1 -maxdepth 1 -type d 2>/dev/null)" ] && return 0
    sleep 0.1
  done
  mount | grep -F "$work/at"; losetup -l; pgrep -fa nbdfuse; find /run/imagingutility; echo "left after $i looks"
  return 1
}

# mounts NAME IMAGE [OPTION...]: begins "imaging mount" at $work/at and waits until it is mounted
mounts() {
  local name=$1 image=$2; shift 2
  : >"$work/$name.out"
  "$imaging" mount --in "$image" --at "$work/at" "$@" >"$work/$name.out" 2>&1 </dev/null &
  serve_pid=$!
  for _ in $(seq 300); do
    grep -q 'is mounted at' "$work/$name.out" && return 0
    kill -0 "$serve_pid" 2>/dev/null || break
    sleep 0.1
  done
  cp "$work/$name.out" "$work/out"; bad "mount --in $image: it is not mounted"; return 1
}

check_mount() {
  if ! { has sfdisk && has mkfs.ext4; }; then skip mount "sfdisk and mkfs.ext4 are not installed"; return; fi
  mkdir -p "$work/tree/below" "$work/at" "$work/few"
  head -c 9000000 /dev/urandom >"$work/tree/below/random"; seq 100000 >"$work/tree/numbers"
  truncate -s 40M "$work/m.ext"; mkfs.ext4 -q -F -d "$work/tree" "$work/m.ext"
  truncate -s 100M "$work/m.raw"
  printf 'label: gpt\nstart=2048, size=81920\nstart=90112, size=81920\n' | sfdisk -q "$work/m.raw"
  dd if="$work/m.ext" of="$work/m.raw" bs=1M seek=44 conv=notrunc status=none
  expect 0 "an image of a volume" "$imaging" image --device "$work/m.ext" --out "$work/m.skzimg"
  expect 0 "a set of a disk" "$imaging" backup-disk --device "$work/m.raw" --out-dir "$work/m.set"

  if [ "$(id -u)" != 0 ]; then
    expect 2 "a user that is not root" "$imaging" mount --in "$work/m.skzimg" --at "$work/at"
    says "... is told what can be done without" "fuse2fs"
    skip mount "only root may mount"; return
  fi
  ln -s /usr/bin/* "$work/few"; rm -f "$work/few/nbdfuse" "$work/few/nbd-client"
  if [ -e /dev/nbd0 ] && has nbd-client; then say "        the kernel's NBD client is here: what is said without it is not tried"
  else
    expect 1 "without nbd-client and nbdfuse" env PATH="$work/few" "$imaging" mount --in "$work/m.skzimg" --at "$work/at"
    says "... it is said what is missing" "the program nbdfuse, "
    says "... and from where it comes" "libnbd-bin"
    says "... and how it is done by hand" "mount -o ro,loop"
  fi
  expect 1 "a folder that is not there" "$imaging" mount --in "$work/m.skzimg" --at "$work/nowhere"
  expect 1 "nothing to unmount" "$imaging" unmount --at "$work/at"
  if ! { has nbdfuse || has nbd-client; }; then skip mount "neither nbdfuse nor nbd-client is installed"; return; fi
  if ! [ -e /dev/nbd0 ] && ! { [ -c /dev/fuse ] && [ -e /dev/loop-control ]; }; then
    # no machine's fault, so no failure in CI either: what a kernel without both says is checked above
    say "skipped mount: this kernel has neither NBD nor both FUSE and loop devices"; rm -rf "$work"/m.* "$work"/few; return
  fi

  mounts m "$work/m.skzimg" || return
  that "the files are those of the volume" diff -r "$work/tree" "$work/at" -x lost+found
  expect 1 "they are read-only" touch "$work/at/new"
  expect 6 "a second mount at the same place" "$imaging" mount --in "$work/m.skzimg" --at "$work/at"
  end_serving "Ctrl+C" 0
  that "... leaves nothing behind" nothing_mounted

  mounts m "$work/m.set" || return
  that "the only file system of a disk is taken" diff -r "$work/tree" "$work/at" -x lost+found
  cp "$work/m.out" "$work/out"; says "... and it is said which" "partition 2"
  expect 0 "unmount from elsewhere" "$imaging" unmount --at "$work/at"
  that "... has it end well" wait "$serve_pid"
  that "... and leaves nothing behind" nothing_mounted

  dd if="$work/m.ext" of="$work/m.raw" bs=1M seek=1 conv=notrunc status=none
  expect 0 "an image of a disk with two file systems" "$imaging" image --device "$work/m.raw" --out "$work/d.skzimg" --all-blocks
  expect 1 "... which one is asked" "$imaging" mount --in "$work/d.skzimg" --at "$work/at"
  says "... with both" "1 (ext4, 40.0 MiB), 2 (ext4, 40.0 MiB)"
  that "... and leaves nothing behind" nothing_mounted
  mounts m "$work/d.skzimg#2" || return
  that "the one that was named is taken" diff -r "$work/tree" "$work/at" -x lost+found
  kill -KILL "$serve_pid"; wait "$serve_pid" 2>/dev/null
  that "after a kill something is left" mountpoint -q "$work/at"
  expect 0 "unmount takes it away" "$imaging" unmount
  says "... and says so" "1 mount"
  that "... all of it" nothing_mounted

  mounts m "$work/m.skzimg" || return
  kill -KILL "$serve_pid"; wait "$serve_pid" 2>/dev/null
  mounts m "$work/m.skzimg" || return
  that "the next mount takes away what one that was killed left" diff -r "$work/tree" "$work/at" -x lost+found
  (cd "$work/at" && exec sleep 60) & local user=$!
  sleep 0.2
  end_serving "Ctrl+C while somebody is in the folder" 0
  cp "$work/m.out" "$work/out"; says "... is told" "somebody uses files"
  kill "$user"; wait "$user" 2>/dev/null
  that "... and leaves nothing behind" nothing_mounted

  expect 5 "a file that is no image" "$imaging" mount --in "$work/tree/numbers" --at "$work/at"
  that "... leaves nothing behind" nothing_mounted
  rm -rf "$work"/m.* "$work"/d.skzimg* "$work/few" "$work/tree"
}
