# Checks of repositories, sourced by run.

# repository_of_jq R MANIFEST FILE: the content of an image as docs/repository-format.md has it, without this program
repository_of_jq() {
  (
    # shellcheck disable=SC2034 # the documented lines use them
    R=$1 IMAGE=$2
    cd "$(dirname "$3")" || exit 1
    eval "$(sed -n '/^## Reading an image without this program/,/^## Limits/p' "$root/docs/repository-format.md" | sed -n '/^```sh/,/^```/p' | sed '1d;$d')"
    mv disk.raw "$3"
  )
}

# repository_frames R: how many frames it has
repository_frames() { find "$1/frames" -type f -name '*.zst' | wc -l; }

# repository_copied FROM TO IMAGE...: the exit code of a copy, and how many images are new, were there, and frames were sent
repository_copied() {
  local from=$1 to=$2 code=0; shift 2
  "$imaging" repository copy --from "$from" --to "$to" "$@" --json >"$work/copied" 2>"$work/copied.err" || code=$?
  echo "$code $(jq -c '[.copied, .there, .framesSent]' "$work/copied")"
}

# repository_ages R DAYS: all objects become so much older, as their times in the folder and in themselves are
repository_ages() {
  local file old
  find "$1" -type f | while IFS= read -r file; do
    touch -d "$(date -u -d "@$(($(stat -c %Y "$file") - $2 * 86400))" +%FT%TZ)" "$file"
  done
  [ -d "$1/prune" ] || return 0
  find "$1/prune" -type f -name '*.json' | while IFS= read -r file; do
    old=$(jq -r .time "$file")
    sed -i "s/\"time\":\"$old\"/\"time\":\"$(date -u -d "$old - $2 days" +%FT%TZ)\"/" "$file"
    touch -d "$(date -u -d "now - $2 days" +%FT%TZ)" "$file"
  done
}

# repository_forgets R: one image by rules, then by name; what it alone needed goes by the second prune
repository_forgets() {
  local frames
  expect 0 "another image" "$imaging" convert --in "$work/only.skzimg" --out "$1#only"
  expect 1 "without rules nothing is forgotten" "$imaging" forget-images --repository "$1" pc
  expect 0 "what would go" "$imaging" forget-images --repository "$1" pc --keep-last 1 --dry-run --json
  that "one of two" test "$(jq -c '[.forgotten, (.images | length)]' "$work/out")" = '[1,2]'
  expect 0 "forget by rules" "$imaging" forget-images --repository "$1" pc --keep-last 1
  expect 0 "images after it" "$imaging" images --repository "$1" --json
  expect 0 "forget by time" "$imaging" forget-images --repository "$1" "$(jq -r '.images[] | select(.name == "only").image' "$work/out")"
  frames=$(repository_frames "$1")
  repository_ages "$1" 2
  expect 0 "first prune" "$imaging" repository prune --repository "$1"
  that "it deletes nothing" test "$frames" = "$(repository_frames "$1")"
  repository_ages "$1" 2
  "$imaging" repository prune --repository "$1" --json >"$work/pruned" 2>"$work/pruned.err"
  that "the second prune deletes" test "$(jq .deleted "$work/pruned")" -gt 0
  that "there are fewer frames" test "$(repository_frames "$1")" -lt "$frames"
  expect 0 "nothing is missing" "$imaging" repository check --repository "$1" --read-data all
  expect 0 "the kept one verifies" "$imaging" verify --in "$1#pc"
}

# Writers and pruners of one repository, killed at moments of all kinds; more of them: REPOSITORY_KILLS=200.
check_repository_kills() {
  has jq || { skip repository_kills "needs jq"; return; }
  local r="$work/r" kills="${REPOSITORY_KILLS:-4}" i pids
  head -c 40000000 < <(openssl enc -aes-128-ctr -pass pass:kept -nosalt -in /dev/zero 2>/dev/null) >"$work/kept.img"
  expect 0 "init" "$imaging" repository init --repository "$r"
  expect 0 "the kept image" "$imaging" image --device "$work/kept.img" --repository "$r" --name kept --frame-size 256K
  for ((i = 1; i <= kills; i += 2)); do
    # half of it is the kept image's, half is garbage that the last rounds left
    { head -c 20000000 "$work/kept.img"; head -c 20000000 < <(openssl enc -aes-128-ctr -pass "pass:$((i % 6))" -nosalt -in /dev/zero 2>/dev/null); } >"$work/new.img"
    "$imaging" image --device "$work/new.img" --repository "$r" --name new --frame-size 256K >"$work/writer" 2>&1 & pids=$!
    "$imaging" repository prune --repository "$r" >"$work/pruner" 2>&1 & pids="$pids $!"
    sleep "$((RANDOM % 2)).$((RANDOM % 9 + 1))"
    # shellcheck disable=SC2086 # several
    kill -9 $pids 2>/dev/null
    # shellcheck disable=SC2086 # several
    wait $pids 2>/dev/null
    if [ $((i % 50)) = 1 ] || [ "$kills" -lt 50 ]; then
      expect 0 "kills $i: check" "$imaging" repository check --repository "$r" --read-data all
    fi
    if [ $((i % 8)) = 3 ]; then
      expect 0 "kills $i: forget" "$imaging" forget-images --repository "$r" --keep-last 1
    fi
    repository_ages "$r" 2
  done
  expect 0 "a whole run" "$imaging" image --device "$work/new.img" --repository "$r" --name new --frame-size 256K
  for i in 1 2 3; do
    repository_ages "$r" 2
    expect 0 "prune $i" "$imaging" repository prune --repository "$r"
  done
  "$imaging" repository prune --repository "$r" --dry-run --json >"$work/pruned" 2>"$work/pruned.err"
  that "no garbage is left" test "$(jq -c '[.condemned, .waiting, .deleted]' "$work/pruned")" = '[0,0,0]'
  expect 0 "check of all data" "$imaging" repository check --repository "$r" --read-data all
  for i in kept new; do
    expect 0 "restore $i" "$imaging" restore --in "$r#$i" --device "$work/back.raw" --force
    that "$i is the same" cmp "$work/$i.img" "$work/back.raw"
  done
}

# A whole disk in a repository: one image of what its partitions have in use, of which R#NAME#N is a partition
check_repository_disks() {
  has sfdisk && has mkfs.ext4 && has mkfs.fat && has mkntfs && has mcopy && has jq && [ "$(id -u)" = 0 ] \
    || { skip repository_disks "needs root, sfdisk, mkfs.ext4, mkfs.fat, mtools, mkntfs and jq"; return; }
  local r="$work/disk repository" q="$work/other repository" disk=$work/disk.img back=$work/back.raw ext=$((26624 * 512)) frames pid
  set_disk_mbr "$disk"
  "$imaging" repository init --repository "$r" >"$work/out" 2>&1
  expect 1 "a place is said once" "$imaging" backup-disk --device "$disk" --repository "$r" --name pc --out-dir "$work/set"
  expect 0 "backup-disk" "$imaging" backup-disk --device "$disk" --repository "$r" --name pc --frame-size 1M --tag weekly --verify
  frames=$(repository_frames "$r")
  expect 0 "once more" "$imaging" backup-disk --device "$disk" --repository "$r" --name pc --frame-size 1M
  says "nothing new is stored, and it is said" "0 B of that, 0 frames"
  that "... nor is there any" test "$frames" = "$(repository_frames "$r")"
  # a file more in the ext4 partition
  mkdir -p "$work/repository-mnt"; mount_rw -t ext4 -o "loop,offset=$ext" "$disk" "$work/repository-mnt" >"$work/out" 2>&1 \
    && head -c 3000000 /dev/urandom >"$work/repository-mnt/new" && umount "$work/repository-mnt" || bad "a file more"
  expect 0 "what has changed" "$imaging" backup-disk --device "$disk" --repository "$r" --name pc --frame-size 1M
  that "is stored" test "$(($(repository_frames "$r") - frames))" -gt 2 -a "$(($(repository_frames "$r") - frames))" -lt 12
  expect 0 "verify-set" "$imaging" verify-set --set-dir "$r#pc"
  head -c 67108864 /dev/urandom >"$back"
  expect 0 "restore-set" "$imaging" restore-set --set-dir "$r#pc" --out-raw "$back" --force --verify
  that "the same table" test "$(table_of "$disk")" = "$(table_of "$back")"
  that "ext4 files" test "$(file_hashes "$disk" $ext ext4 ,noload)" = "$(file_hashes "$back" $ext ext4 ,noload)"
  that "NTFS files" test "$(file_hashes "$disk" $((90000 * 512)) ntfs-3g)" = "$(file_hashes "$back" $((90000 * 512)) ntfs-3g)"
  that "FAT files" test "$(file_hashes "$disk" 32256 vfat)" = "$(file_hashes "$back" 32256 vfat)"
  expect 0 "files of a partition" "$imaging" ls --in "$r#pc#5" /
  says "the new one" "new"
  expect 0 "one partition to a file" "$imaging" restore-set --set-dir "$r#pc" --partition 5 --out-raw "$work/part.raw"
  that "e2fsck finds nothing" e2fsck -fn "$work/part.raw"
  expect 1 "one partition to a disk is refused" "$imaging" restore-set --set-dir "$r#pc" --partition 5 --device "$back" --force
  expect 1 "repair is refused" "$imaging" repair --in "$r#pc"
  says "what to do instead is said" "--mark-damaged"

  # a run that was killed is run again
  head -c 20000000 /dev/urandom | dd of="$disk" bs=1M oflag=seek_bytes seek=$((70000 * 512)) conv=notrunc status=none count=4 iflag=fullblock
  "$imaging" backup-disk --device "$disk" --repository "$r" --name pc --frame-size 1M --max-throughput 20M >"$work/out" 2>&1 & pid=$!
  sleep 2; pkill -9 -P $pid; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
  expect 0 "after a kill" "$imaging" backup-disk --device "$disk" --repository "$r" --name pc --frame-size 1M
  expect 0 "the repository is sound" "$imaging" repository check --repository "$r" --read-data all

  "$imaging" repository init --repository "$q" >"$work/out" 2>&1
  expect 0 "copy" "$imaging" repository copy --from "$r" --to "$q" pc
  expect 0 "only images with a tag are kept" "$imaging" forget-images --repository "$r" --keep-tag weekly
  that "one is" test "$("$imaging" images --repository "$r" --json 2>/dev/null | jq '.images | length')" = 1
  repository_ages "$r" 2; "$imaging" repository prune --repository "$r" >"$work/out" 2>&1
  repository_ages "$r" 2; expect 0 "prune" "$imaging" repository prune --repository "$r"
  expect 0 "the one that is kept is whole" "$imaging" verify-set --set-dir "$r#pc"
  rm -f "$back"
  expect 0 "restore-set from the copy" "$imaging" restore-set --set-dir "$q#pc" --out-raw "$back"
  that "it is the newest" cmp -i $((70000 * 512)) -n 4096000 "$disk" "$back"
  rm -rf "$r" "$q"
}

check_repository() {
  has jq && has zstd && has mke2fs || { skip repository "needs jq, zstd and e2fsprogs"; return; }
  local r="$work/a repository" frames i pid
  mkdir -p "$work/tree"
  for i in 1 2 3; do head -c 9000000 < <(openssl enc -aes-128-ctr -pass "pass:$i" -nosalt -in /dev/zero 2>/dev/null) >"$work/tree/$i.bin"; done
  truncate -s 60M "$work/v.img"; mke2fs -q -F -t ext4 -d "$work/tree" "$work/v.img" >"$work/out" 2>&1

  expect 1 "no repository yet" "$imaging" image --device "$work/v.img" --repository "$r" --name pc
  says "what is missing is said" "repository init"
  expect 0 "init" "$imaging" repository init --repository "$r"
  expect 1 "a second init is refused" "$imaging" repository init --repository "$r"
  expect 1 "a name that is none" "$imaging" image --device "$work/v.img" --repository "$r" --name 'A b'
  expect 0 "first run" "$imaging" image --device "$work/v.img" --repository "$r" --name pc --frame-size 1M --verify
  frames=$(repository_frames "$r")
  expect 0 "second run" "$imaging" image --device "$work/v.img" --repository "$r" --name pc --frame-size 1M
  that "nothing new was stored" test "$frames" = "$(repository_frames "$r")"
  expect 0 "images" "$imaging" images --repository "$r" --json
  that "two images" test "$(jq '.images | length' "$work/out")" = 2

  expect 0 "in a file" "$imaging" image --device "$work/v.img" --out "$work/v.skzimg" --frame-size 1M
  expect 0 "from the file" "$imaging" restore --in "$work/v.skzimg" --device "$work/file.raw"
  expect 0 "from the repository" "$imaging" restore --in "$r#pc" --device "$work/kept.raw"
  that "both restore the same" cmp "$work/file.raw" "$work/kept.raw"
  expect 0 "info of the file" "$imaging" info --in "$work/v.skzimg" --json
  jq -r '.. | .contentDigest? // empty' "$work/out" >"$work/digest.file"
  expect 0 "info of the image" "$imaging" info --in "$r#pc" --json
  jq -r '.. | .contentDigest? // empty' "$work/out" >"$work/digest.kept"
  that "both have a content digest" test -s "$work/digest.file"
  that "... the same" cmp "$work/digest.file" "$work/digest.kept"
  expect 0 "a file out of it" "$imaging" cat --in "$r#pc" /2.bin
  cp "$work/out" "$work/2.bin"
  that "is the file" cmp "$work/2.bin" "$work/tree/2.bin"
  expect 0 "converted out of it" "$imaging" convert --in "$r#pc" --out "$work/c.skzimg"
  expect 0 "that verifies" "$imaging" verify --in "$work/c.skzimg"
  expect 0 "converted into it" "$imaging" convert --in "$work/c.skzimg" --out "$r#copy"
  that "nothing new was stored by that" test "$frames" = "$(repository_frames "$r")"

  # labels, and copies into another repository
  local q="$work/another repository"
  expect 0 "with tags" "$imaging" image --device "$work/v.img" --repository "$r" --name tagged --frame-size 1M --tag weekly --tag case=17 --host rescued
  expect 0 "images of a tag" "$imaging" images --repository "$r" --tag weekly --host RESCUED --since 2020-01-01 --json
  that "one image" test "$(jq -r '.images[] | .name + " " + .host + " " + (.tags | join(","))' "$work/out")" = "tagged rescued case=17,weekly"
  that "the tags are in the manifest" test "$(jq -r '.device."label.tags"' "$r"/images/tagged/*.json)" = "case=17,weekly"
  expect 0 "images of another time" "$imaging" images --repository "$r" --until 2020-01-01 --json
  that "none" test "$(jq '.images | length' "$work/out")" = 0
  expect 1 "a time that is none" "$imaging" images --repository "$r" --since yesterday
  expect 0 "init of the other" "$imaging" repository init --repository "$q"
  expect 1 "nothing to copy to" "$imaging" repository copy --from "$r"
  that "copy sends each frame once" test "$(repository_copied "$r" "$q" pc)" = "0 [2,0,$frames]"
  that "... and has so many" test "$(repository_frames "$q")" = "$frames"
  (cd "$q/frames" && find . -type f | sort | xargs sha256sum) >"$work/sums"
  that "... of the same bytes" sh -c "cd '$r/frames' && sha256sum -c --quiet '$work/sums'"
  that "a second copy sends nothing" test "$(repository_copied "$r" "$q" pc)" = "0 [0,2,0]"
  rm "$(find "$q/frames" -type f | sort | head -1)"
  expect 4 "a frame is lost there" "$imaging" repository check --repository "$q"
  that "copy puts it again" test "$(repository_copied "$r" "$q" pc)" = "0 [0,2,1]"
  expect 0 "all is there" "$imaging" repository check --repository "$q" --read-data all
  expect 0 "restored from the copy" "$imaging" restore --in "$q#pc" --device "$work/copy.raw"
  that "the same" cmp "$work/file.raw" "$work/copy.raw"
  expect 0 "converted into the copy" "$imaging" convert --in "$work/c.skzimg" --repository "$q" --name moved --verify
  expect 1 "convert needs a target" "$imaging" convert --in "$work/c.skzimg" --repository "$q"

  repository_of_jq "$r" "$(find "$r/images/pc" -name '*.json' | sort | tail -1)" "$work/jq.raw" >"$work/out" 2>&1
  expect 0 "raw export" "$imaging" export-raw --in "$r#pc" --out "$work/export.raw"
  that "jq and zstd give the same bytes" cmp "$work/jq.raw" "$work/export.raw"

  # killed at moments of all kinds: what was stored is found by the next run
  for i in 1 2 3 4 5 6; do
    head -c 60000000 < <(openssl enc -aes-128-ctr -pass "pass:k$i" -nosalt -in /dev/zero 2>/dev/null) >"$work/k.img"
    "$imaging" image --device "$work/k.img" --repository "$r" --name killed --frame-size 256K >"$work/out" 2>&1 & pid=$!
    sleep "0.$((i + 3))"; kill -9 "$pid" 2>/dev/null; wait "$pid" 2>/dev/null
    expect 0 "kill $i: check" "$imaging" repository check --repository "$r"
    expect 0 "kill $i: again" "$imaging" image --device "$work/k.img" --repository "$r" --name killed --frame-size 256K
    expect 0 "kill $i: restore" "$imaging" restore --in "$r#killed" --device "$work/k.raw" --force
    that "kill $i: the same" cmp "$work/k.img" "$work/k.raw"
  done
  expect 0 "check of all data" "$imaging" repository check --repository "$r" --read-data all

  cp "$work/k.img" "$work/only.img"; printf 'only' | dd of="$work/only.img" bs=1 seek=9000 conv=notrunc status=none
  expect 0 "an image of its own" "$imaging" image --device "$work/only.img" --out "$work/only.skzimg" --frame-size 256K
  repository_forgets "$r"

  i=$(jq -r '.chunks[0].table' "$(find "$r/images/pc" -name '*.json' | sort | tail -1)")
  i=$r/$(jq -r '[.frames[] | select(.stored > 100000)][0] | "frames/\(.sha256[0:4])/\(.sha256)-\(.crc32c)-\(.stored).zst"' "$r/chunks/${i:0:2}/$i.json")
  printf x | dd of="$i" bs=1 seek=50000 conv=notrunc status=none
  expect 0 "lengths do not tell" "$imaging" repository check --repository "$r"
  expect 4 "reading does" "$imaging" repository check --repository "$r" --read-data 100%
  says "the frame is named" "$(basename "$i")"
  expect 4 "it is noted" "$imaging" repository check --repository "$r" --read-data all --mark-damaged
  that "by its name" test -f "$r/damaged/$(basename "$i" .zst).json"
  expect 0 "a place for what is whole" "$imaging" repository init --repository "$work/clean"
  expect 4 "a copy does not spread the damage" "$imaging" repository copy --from "$r" --to "$work/clean"
  expect 0 "what is copied is whole" "$imaging" repository check --repository "$work/clean" --read-data all
  expect 0 "the next run stores it anew" "$imaging" image --device "$work/v.img" --repository "$r" --name pc --frame-size 1M
  expect 0 "all is whole" "$imaging" repository check --repository "$r" --read-data all --mark-damaged
  that "the note is gone" test -z "$(ls "$r/damaged" 2>/dev/null)"
  rm "$i"
  expect 4 "a frame is missing" "$imaging" repository check --repository "$r"
  says "it is named" "$(basename "$i")"
}
