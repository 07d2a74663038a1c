# Checks of distributions, sourced by run: the example of an OEM's one, and the archives.

# acme ARGUMENT...: runs the OEM's program in a copy of its folder, with a cache of its own
acme() { XDG_CACHE_HOME="$work/acme-cache" IMAGING_NO_CLASS_ARCHIVE=1 "$work/acme/bin/acmeimage" "$@"; }

# What an OEM ships: another name, fewer bundles, no shell, and no bundle starts that is not signed.
check_oem_example() {
  local folder
  folder=$(echo "$root"/distribution/oem-example/target/acmeimage-*/)
  [ -d "$folder" ] || { skip oem_example "distribution/oem-example is not built"; return; }
  cp -r "$folder" "$work/acme"
  expect 0 "its version" acme --version
  says "... by its own name" "acmeimage "
  says "... with the banner" "Acme Image: images of NTFS and FAT volumes"
  expect 0 "its demo" acme demo --plain
  says "... is right" "OK: the restored volume equals the original"
  expect 1 "a command that is not there" acme imag
  says "... is told by its name" "Try 'acmeimage --help'"
  expect 0 "the help of all commands" acme --help
  says "... is of its name" "Usage: acmeimage"
  expect 0 "the help of a command whose options exclude each other" acme backup-disk --help
  says "... is of its name" "Usage: acmeimage backup-disk"
  says "... the options too" '"acmeimage list"'
  expect 1 "there is no shell" acme shell

  expect 0 "its defaults" acme config image.verify
  says "... are those of its file" "true"
  says "... which it names" "org.imagingutility.command.cfg"
  head -c 1M /dev/urandom >"$work/v.raw"
  expect 0 "an image" acme image --device "$work/v.raw" --out "$work/v.skzimg"
  says "... is verified by default" "verified"
  says "... and of the level by default" "level 6"
  expect 0 "a default" acme image --device "$work/v.raw" --out "$work/v.skzimg" --force --level 3 --verify=false
  says "... gives way to an option" "level 3"
  cp "$work/out" "$work/said"
  that "... and so does another" sh -c '! grep -q verified "$1"' - "$work/said"
  sed -i 's/^image.retries = .*/image.retries = 1001/' "$work/acme/conf/org.imagingutility.command.cfg"
  expect 1 "a default out of its range" acme image --device "$work/v.raw" --out "$work/w.skzimg"
  says "... is refused with the range" "a whole number from 0 to 1000"
  says "... and how to put it right, by its name" '"acmeimage config --reset KEY"'
  expect 0 "which" acme config --reset image.retries
  expect 0 "... does it" acme verify --in "$work/v.skzimg"
  rm -f "$work"/v.raw "$work"/v.skzimg
  expect 0 "its plug-ins" acme plugins
  that "... are those chosen" test "$(grep -c -E 'img1|exfat|allocator *ext' "$work/out")" = 0

  cp "$root"/distribution/target/imaging-*/bundles/org.imagingutility.codec-compress-*.jar "$work/acme/deploy/codec.jar"
  expect 0 "an unsigned jar in deploy" acme plugins
  says "... is refused on standard error" "is refused: not signed by a trusted certificate"
  says "... and by plugins" "refused: org.imagingutility.codec.compress"
  expect 0 "its plug-ins as JSON" acme plugins --json
  says "... have it" '"refused":[{"bundle":"org.imagingutility.codec.compress"'
  rm "$work/acme/deploy/codec.jar"

  # a bundle of the distribution itself, with one byte more
  local part
  part=$(echo "$work"/acme/bundles/org.imagingutility.allocator-fat-*.jar)
  cp "$part" "$work/part.jar"
  python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "a").writestr("more.txt", "x")' "$part"
  expect 0 "a jar of bundles/ with an entry added" acme plugins
  says "... is refused" '"more.txt" in it is not signed'
  mv "$work/part.jar" "$part"
  expect 0 "as it was" acme plugins
  that "... nothing is refused" test "$(grep -c refused "$work/out")" = 0
  : >"$work/acme/conf/trusted.pem"
  expect 70 "without a certificate to trust nothing starts" acme plugins
  says "... and it says which file" "no certificate in"
  rm -rf "$work/acme" "$work/acme-cache"
}

# The bill of materials and the notices are of what is shipped, no more and no less.
check_bill_of_materials() {
  local folder
  for folder in "$root"/distribution/target/imaging-*/ "$root"/distribution/oem-example/target/acmeimage-*/; do
    [ -d "$folder" ] || continue
    that "the bill of $(basename "$folder") names each jar with its SHA-256" python3 - "$folder" <<'END'
import hashlib, json, pathlib, sys
home = pathlib.Path(sys.argv[1])
bill = {c["properties"][0]["value"]: c for c in json.load(open(home / "sbom.cdx.json"))["components"]}
jars = {str(p.relative_to(home)): hashlib.sha256(p.read_bytes()).hexdigest() for p in home.rglob("*.jar")}
assert bill.keys() == jars.keys(), bill.keys() ^ jars.keys()
for path, digest in jars.items():
    assert bill[path]["hashes"][0]["content"] == digest, path
    assert bill[path]["licenses"][0]["expression"], path
notice = (home / "NOTICE").read_text()
for component in bill.values():
    assert component["group"] == "org.imagingutility" or component["name"] in notice, component["name"]
END
  done
}

# The archive with a runtime needs no Java; built by mvn -Pruntime.
check_runtime() {
  local archive tool
  archive=$(ls "$root"/distribution/target/imaging-*-linux-*.tar.gz 2>/dev/null | tail -n 1)
  [ -n "$archive" ] || { skip runtime "built without -Pruntime"; return; }
  mkdir -p "$work/tools" "$work/unpacked"
  for tool in sh id cat readlink cksum tr ls mkdir stty rm mv sed; do ln -sf "$(command -v $tool)" "$work/tools/$tool"; done
  tar xzf "$archive" -C "$work/unpacked"
  local program
  program=$(echo "$work"/unpacked/imaging-*/bin/imaging)
  expect 0 "a demo without any Java on the machine" env -i PATH="$work/tools" HOME="$work" "$program" demo --plain
  says "... is right" "OK: the restored volume equals the original"
  rm -rf "$work/unpacked" "$work/tools"
}

# Two builds in two folders, with other time zones and rights, give the same archives, also those with a runtime; and a
# distribution whose requirements were changed without resolving again is not built. Takes some minutes; MVN='mvn -o' for no network.
check_same_bytes() {
  local mvn=${MVN:-mvn} copy=$work/copy archive
  has git || { skip same_bytes "git is not installed"; return; }
  has ${mvn%% *} || { skip same_bytes "Maven is not installed"; return; }
  for copy in "$work/one" "$work/another folder"; do
    mkdir -p "$copy"
    git -C "$root" ls-files -z | (cd "$root" && xargs -0 tar cf - --) | tar xf - -C "$copy"
  done
  that "a build" sh -c 'cd "$1" && umask 022 && TZ=UTC $2 -q -B -DskipTests -Pruntime package' - "$work/one" "$mvn"
  that "another one" sh -c 'cd "$1" && umask 077 && TZ=Asia/Tokyo $2 -q -B -DskipTests -Pruntime package' - "$copy" "$mvn"
  for archive in "$work"/one/distribution/target/*.tar.gz "$work"/one/distribution/target/*.zip; do
    that "the same bytes: $(basename "$archive")" cmp "$archive" "$copy/distribution/target/$(basename "$archive")"
  done
  sed -i '/identity=org.imagingutility.export.disk)/d; s/\(identity=org.imagingutility.disk)\x27\),.*/\1/' "$copy/bnd/imaging.bndrun"
  expect 1 "requirements that were changed without resolving" sh -c 'cd "$1" && $2 -q -B -DskipTests package' - "$copy" "$mvn"
  says "... fail the build" "Fail on changes"
  says "... which says what belongs there" "Calculated runbundles"
  rm -rf "$work/one" "$copy"
}
