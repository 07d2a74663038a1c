# Files of images over HTTP and WebDAV, as browsers and WebDAV clients see them: curl, rclone, cadaver, davfs2, Chromium.
# shellcheck disable=SC2154

# web NAME ARGUMENT...: starts a server; its address up to the slash behind the port goes to $web
web=
web() {
  local name=$1; shift
  serving "$name" webdav --port 0 "$@" || return
  web=$(sed -n 's,.* as \(https\{0\,1\}://[^/]*\)/.*,\1,p' "$work/$name.out" | head -1)
}

# web_tree: many files, and names that a path cannot have as they are
web_tree() {
  files_tree "$1"
  printf 'one' >"$1/100% #1 a&b?c=d;e+f.txt"; printf 'two' >"$1/<b>bold<b> 'quotes' \"double\".html"
  printf 'three' >"$1/"$'stray \377\376 bytes'; ln -s "some directory" "$1/link to a folder"; ln -s large/nothing "$1/link to nothing"
  touch -h -d '2021-05-06 07:08:10 UTC' "$1"/*
}

# web_images: $work/e.skzimg is a volume with the files of $work/tree, $work/d.set a set of a disk with that and one of no file system
web_images() {
  rm -rf "$work/tree"; web_tree "$work/tree"
  truncate -s 60M "$work/e.img"
  mke2fs -q -F -t ext4 -L "files" -d "$work/tree" "$work/e.img" || return
  truncate -s 80M "$work/d.img"
  printf 'label: gpt\nstart=2048, size=122880, name="system"\nstart=126976, size=16384, name="secret"\n' | sfdisk -q "$work/d.img" || return
  dd if="$work/e.img" of="$work/d.img" bs=1M seek=1 conv=notrunc status=none
  head -c 3M /dev/urandom | dd of="$work/d.img" bs=1M seek=62 conv=notrunc iflag=fullblock status=none
  "$imaging" image --device "$work/e.img" --out "$work/e.skzimg" >"$work/out" 2>&1 &&
    "$imaging" backup-disk --device "$work/d.img" --out-dir "$work/d.set" >"$work/out" 2>&1
}

status() { curl -sS -o /dev/null -w '%{http_code}' "$@"; }

check_serve_webdav() {
  local tool
  for tool in curl rclone cadaver sfdisk mke2fs unzip openssl; do has "$tool" || { skip serve_webdav "$tool is not installed"; return; }; done
  export LC_ALL=C.UTF-8 TZ=UTC
  if web_images; then ok "a volume, and a set of a disk"; else bad "a volume, and a set of a disk"; return; fi
  web web --in "$work/e.skzimg" --export "disk=$work/d.set" || return
  expect 0 "the images are listed" curl -sSf "$web/"
  says "... by the name of the file" 'href="/e.skzimg/"'
  says "... with the partitions" 'href="/disk/1/"'
  says "... and what cannot be read" "no installed reader"
  expect 0 "rclone copies all files of a volume" rclone copy -q --webdav-url "$web/e.skzimg" :webdav: "$work/copy" --exclude '/lost+found/**'
  rm -rf "$work/plain"; cp -a "$work/tree" "$work/plain"; find "$work/plain" -type l -delete
  mv "$work/plain/"$'stray \377\376 bytes' "$work/stray"; rm -f "$work/copy/"stray*
  rm -f "$work/plain/link"*; find "$work/plain" "$work/copy" -type d -empty -delete
  that "... as they are" diff -r "$work/plain" "$work/copy"
  that "... with their times" cmp <(cd "$work/plain" && find . -type f -printf '%P %TY-%Tm-%Td %TH:%TM\n' | sort) \
    <(cd "$work/copy" && find . -type f -printf '%P %TY-%Tm-%Td %TH:%TM\n' | sort)
  expect 0 "rclone compares the hash of each file, by partition of a set" rclone check -q --download --webdav-url "$web/disk/1" \
    :webdav: "$work/plain" --exclude '/lost+found/**' --exclude 'stray*'
  that "a name of bytes that are no characters" cmp <(curl -sSf "$web/e.skzimg/stray%20%FF%FE%20bytes") "$work/stray"
  printf 'cd "e.skzimg/some directory"\nget 1500000.bin "%s/got"\nput "%s/got"\nquit\n' "$work" "$work" >"$work/cadaver"
  cadaver "$web/" <"$work/cadaver" >"$work/out" 2>&1
  that "cadaver gets a file" cmp "$work/got" "$work/tree/some directory/1500000.bin"
  web_http
  end_serving "the server" 0
  cp "$work/web.out" "$work/out"; says "... says what it did" "requests"
  rm -rf "$work"/[edx].* "$work/tree" "$work/plain" "$work/copy" "$work/got" "$work/stray" "$work/zip"*
}

# what HTTP has: ranges, conditions, zip streams, and what is refused
web_http() {
  local file="$web/e.skzimg/some%20directory/1500000.bin" etag
  that "a range" cmp <(curl -sSf -r 700000-700999 "$file") <(tail -c +700001 "$work/tree/some directory/1500000.bin" | head -c 1000)
  head -c 1000000 "$work/tree/some directory/1500000.bin" >"$work/x.resumed"
  expect 0 "a download goes on" curl -sSf -C - -o "$work/x.resumed" "$file"
  that "... to the same end" cmp "$work/x.resumed" "$work/tree/some directory/1500000.bin"
  expect 0 "HEAD" curl -sSfI "$file"
  says "... has the length" "Content-Length: 1500000"
  says "... and is no page" "sandbox; default-src 'none'"
  etag=$(sed -n 's/^etag: \(.*\)\r$/\1/Ip' "$work/out")
  that "what a client has is not sent again" test "$(status -H "If-None-Match: $etag" "$file")" = 304
  expect 0 "a folder as a zip file" curl -sSf -o "$work/zip.zip" "$web/e.skzimg/?zip"
  mkdir "$work/zip"
  expect 0 "... is whole for unzip" unzip -q "$work/zip.zip" -d "$work/zip"
  that "... says which links are not in it" grep -q "link to a folder is a link" "$work/zip/LEFT OUT - links and devices.txt"
  rm -rf "$work/zip/lost+found" "$work/zip/LEFT OUT"* "$work/zip/stray"*; find "$work/zip" -type d -empty -delete
  that "... and has all files" diff -r "$work/plain" "$work/zip"
  that "nothing is written" test "$(status -T "$work/stray" "$file") $(status -X DELETE "$file") $(status -X MKCOL "$web/e.skzimg/x/")" = "405 405 405"
  that "... and nothing locked" test "$(status -X LOCK "$file")" = 405
  that "no path leads out" test "$(status --path-as-is "$web/e.skzimg/../../etc/passwd") $(status "$web/e.skzimg/%2e%2e/%2e%2e/etc/passwd")" = "400 400"
  that "another name that leads here is none of it" test "$(status -H 'Host: evil.example' "$web/")" = 421
}

# what is damaged is an error, or an answer that breaks off
check_webdav_damaged() {
  { has curl && has mke2fs; } || { skip webdav_damaged "needs curl and e2fsprogs"; return; }
  mkdir -p "$work/tree/below"; head -c 20M /dev/urandom >"$work/tree/below/large"; printf small >"$work/tree/below/small"
  truncate -s 40M "$work/e.img"; mke2fs -q -F -t ext4 -d "$work/tree" "$work/e.img"
  expect 0 "an image" "$imaging" image --device "$work/e.img" --out "$work/e.skzimg" --frame-size 256K
  # in the middle of the large file: what describes files stands at the begin
  head -c 64 /dev/urandom | dd of="$work/e.skzimg" bs=1 seek=$((12 << 20)) conv=notrunc status=none
  web web --in "$work/e.skzimg" || return
  expect 18 "a file that is damaged breaks off" curl -sS -o "$work/x.large" "$web/e.skzimg/below/large"
  that "... behind what holds" cmp -n "$(stat -c %s "$work/x.large")" "$work/x.large" "$work/tree/below/large"
  expect 18 "the zip file of its folder breaks off as well" curl -sS -o "$work/x.zip" "$web/e.skzimg/below/?zip"
  that "others are whole" test "$(curl -sSf "$web/e.skzimg/below/small")" = small
  end_serving "the server" 0
  cp "$work/web.out" "$work/out"; says "it names the image" "e.skzimg"
  rm -rf "$work"/[ex].* "$work/tree"
}

check_webdav_tls() {
  { has curl && has openssl && has mke2fs; } || { skip webdav_tls "needs curl, openssl and e2fsprogs"; return; }
  mkdir -p "$work/tree"; printf content >"$work/tree/file"
  truncate -s 4M "$work/e.img"; mke2fs -q -F -t ext4 -d "$work/tree" "$work/e.img"
  expect 0 "an image" "$imaging" image --device "$work/e.img" --out "$work/e.skzimg"
  expect 0 "certificates" pki "$work/pki"
  expect 1 "the network is not opened unasked" "$imaging" serve webdav --in "$work/e.skzimg" --listen 0.0.0.0
  says "... and it is said how" "--user"
  expect 1 "a user without a password" "$imaging" serve webdav --in "$work/e.skzimg" --user me --port 0
  printf 'p\303\244ss:word\n' >"$work/password"
  web web --in "$work/e.skzimg" --listen 0.0.0.0 --tls "$work/pki" --user me --password-file "$work/password" || return
  expect 0 "a client with the password" curl -sSf --cacert "$work/pki/ca-cert.pem" -u me:päss:word "$web/e.skzimg/file"
  that "... gets the file" test "$(cat "$work/out")" = content
  that "others do not" test "$(status --cacert "$work/pki/ca-cert.pem" "$web/e.skzimg/file") $(status --cacert "$work/pki/ca-cert.pem" -u me:x "$web/")" = "401 401"
  expect 60 "a client that does not know who signed" curl -sSf -u me:päss:word "$web/e.skzimg/file"
  end_serving "the server" 0
  web web --in "$work/e.skzimg" --listen 0.0.0.0 --tls "$work/pki" || return
  expect 0 "without a user, a client with a certificate" curl -sSf --cacert "$work/pki/ca-cert.pem" --cert "$work/pki/client-cert.pem" \
    --key "$work/pki/client-key.pem" "$web/e.skzimg/file"
  expect 56 "... and no other" curl -sSf --cacert "$work/pki/ca-cert.pem" "$web/e.skzimg/file"
  end_serving "the server" 0
  rm -rf "$work"/e.* "$work/tree" "$work/pki" "$work/password"
}

check_webdav_mounted() {
  { [ "$(id -u)" = 0 ] && has mount.davfs && [ -e /dev/fuse ] && has mke2fs; } || { skip webdav_mounted "needs root, davfs2, /dev/fuse and e2fsprogs"; return; }
  export LC_ALL=C.UTF-8
  web_images || { bad "images"; return; }
  "$imaging" mount-webdav --in "$work/e.skzimg" >"$work/web.out" 2>&1 </dev/null &
  serve_pid=$!
  for _ in $(seq 300); do grep -q 'mount -t davfs' "$work/web.out" && break; kill -0 "$serve_pid" 2>/dev/null || break; sleep 0.1; done
  cp "$work/web.out" "$work/out"; says "it says how to mount" "mount -t davfs -o ro http://localhost:"
  web=$(sed -n 's,.*mount -t davfs -o ro \(http://[^ ]*\) .*,\1,p' "$work/web.out")
  mkdir -p "$work/mnt"
  printf "use_locks 0\nask_auth 0\n" >"$work/davfs.conf"
  expect 0 "davfs2 mounts it" mount -t davfs -o ro,conf="$work/davfs.conf" "$web" "$work/mnt"
  (cd "$work/tree/some directory" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$work/sums"
  (cd "$work/mnt/e.skzimg/some directory" && sha256sum -c --quiet "$work/sums") >"$work/sums.out" 2>&1
  that "all files have their SHA-256" test $? = 0
  umount "$work/mnt"
  end_serving "mount-webdav" 0
  rm -rf "$work"/[ed].* "$work/tree" "$work/davfs.conf" "$work"/sums*
}

# long: a browser is large. SCREENSHOTS=DIR keeps what it shows
check_webdav_browser() {
  { has chromium && has mke2fs && has sfdisk; } || { skip webdav_browser "needs chromium, e2fsprogs and sfdisk"; return; }
  export LC_ALL=C.UTF-8
  local shots=${SCREENSHOTS:-$work/shots} page browser=(chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile")
  web_images || { bad "images"; return; }
  mkdir -p "$shots"
  printf '<script>document.title="ran"</script>' >"$work/tree/page.html"
  rm "$work/e.skzimg" "$work/e.img"; truncate -s 60M "$work/e.img"; mke2fs -q -F -t ext4 -L files -d "$work/tree" "$work/e.img"
  "$imaging" image --device "$work/e.img" --out "$work/e.skzimg" >"$work/out" 2>&1
  web web --in "$work/e.skzimg" --export "disk=$work/d.set" || return
  for page in images:/ folder:/e.skzimg/ sorted:/e.skzimg/some%20directory/?sort=size\&order=desc; do
    "${browser[@]}" --window-size=1200,700 --screenshot="$shots/${page%%:*}.png" "$web${page#*:}" >"$work/out" 2>&1
    that "a picture of ${page#*:}" test -s "$shots/${page%%:*}.png"
    "${browser[@]}" --dump-dom "$web${page#*:}" 2>/dev/null >"$work/out.dom"; cp "$work/out.dom" "$work/out"
    case ${page%%:*} in
      images) says "the partitions are there" 'href="/disk/1/"' ;;
      folder)
        says "a name with HTML in it is text" "&lt;b&gt;bold&lt;b&gt; 'quotes' \"double\".html</a>"
        that "... and no element" test "$(grep -c '<b>' "$work/out")" = 0 ;;
      sorted) that "the largest stands first" test "$(grep -o '>[0-9]*\.bin<' "$work/out.dom" | head -1)" = ">1500000.bin<" ;;
    esac
  done
  # a download has no page that could be ready, and some versions wait for one
  timeout 20 "${browser[@]}" --dump-dom "$web/e.skzimg/page.html" >"$work/out" 2>/dev/null
  that "a page of the image is not shown, and nothing of it runs" test "$(grep -c 'ran' "$work/out")" = 0
  end_serving "the server" 0
  rm -rf "$work"/[ed].* "$work/tree" "$work/profile"
}
