# A machine that boots from a backup set. Not in .ci/run: emulated, it takes minutes.
# shellcheck disable=SC2154

# with_libraries FOLDER: busybox and the libraries that it needs
with_libraries() {
  local library
  mkdir -p "$1/bin" "$1/sbin" "$1/proc" "$1/sys" "$1/dev"
  cp "$(command -v busybox)" "$1/bin/busybox" && ln -s busybox "$1/bin/sh" || return
  while read -r library; do
    mkdir -p "$1$(dirname "$library")" && cp -L "$library" "$1$library" || return
  done < <(ldd "$1/bin/busybox" | grep -o '/[^ ]*')
}

# boot_kernel FOLDER: unpacks Debian's kernel for virtual machines there, and prints its version
boot_kernel() {
  local package
  package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -1)
  mkdir -p "$1/package" && (cd "$1/package" && apt-get download -qq "$package") >"$work/out" 2>&1 &&
    dpkg -x "$1"/package/*.deb "$1" && package=$(ls "$1/lib/modules") && depmod -b "$1" "$package" && echo "$package"
}

# boot_disk FOLDER: makes FOLDER/disk.raw, a disk with a boot loader, a kernel on FAT, and a small system on ext4
boot_disk() {
  local d=$1 version
  version=$(boot_kernel "$d/kernel") || return
  with_libraries "$d/initramfs" && mkdir -p "$d/initramfs/modules" "$d/initramfs/new" || return
  # in the order in which they need each other
  modprobe -d "$d/kernel" -S "$version" -a -D virtio_pci virtio_blk ext4 | sed -n 's/^insmod \(.*\.ko[.a-z]*\).*/\1/p' | awk '!seen[$0]++' | while read -r module; do
    cp "$module" "$d/initramfs/modules/" && basename "$module"
  done >"$d/initramfs/modules/list"
  cat >"$d/initramfs/init" <<'END'
#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
while read module; do insmod /modules/$module; done </modules/list
until [ -b /dev/vda2 ]; do sleep 1; done
mount -t ext4 /dev/vda2 /new && exec switch_root /new /sbin/init
poweroff -f
END
  chmod 755 "$d/initramfs/init"
  (cd "$d/initramfs" && find . | cpio -o -H newc --quiet) | gzip -1 >"$d/initrd.gz" || return

  with_libraries "$d/root" || return
  head -c 20000000 /dev/urandom >"$d/root/content"
  (cd "$d/root" && sha256sum content) >"$d/root/content.sha256"
  cat >"$d/root/sbin/init" <<'END'
#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc none /proc
mount -t devtmpfs none /dev
exec >/dev/ttyS0 2>&1
cd / && sha256sum -c content.sha256 && echo "the content is whole"
echo "boots before this one: $(cat /boots)"
echo one more >>/boots
sync
echo "this system ran from a backup"
mount -o remount,ro /
poweroff -f
END
  chmod 755 "$d/root/sbin/init"

  truncate -s 64M "$d/fat" && mkfs.fat -F 32 -h 2048 "$d/fat" >"$work/out" || return
  printf '%s\n' 'SERIAL 0 115200' 'DEFAULT linux' 'LABEL linux' 'KERNEL /vmlinuz' 'APPEND initrd=/initrd.gz console=ttyS0 panic=-1' >"$d/syslinux.cfg"
  mcopy -i "$d/fat" "$d/kernel/boot/vmlinuz-$version" ::/vmlinuz && mcopy -i "$d/fat" "$d/initrd.gz" "$d/syslinux.cfg" ::/ &&
    syslinux -i "$d/fat" && truncate -s 96M "$d/ext" && mkfs.ext4 -q -F -d "$d/root" "$d/ext" || return
  truncate -s 180M "$d/disk.raw"
  printf 'label: dos\nstart=2048, size=131072, type=c, bootable\nstart=133120, size=196608, type=83\n' | sfdisk -q "$d/disk.raw" || return
  dd if=/usr/lib/syslinux/mbr/mbr.bin of="$d/disk.raw" bs=440 count=1 conv=notrunc status=none
  dd if="$d/fat" of="$d/disk.raw" bs=1M seek=1 conv=notrunc status=none
  dd if="$d/ext" of="$d/disk.raw" bs=1M seek=65 conv=notrunc status=none
}

# the machine has nothing but the served disk and a serial line
boots() {
  timeout 900 qemu-system-x86_64 -accel tcg -m 256 -display none -serial stdio -monitor none -no-reboot -net none -boot c \
    -drive "file=$(uri ''),format=raw,if=virtio" </dev/null
}

check_serve_boot() {
  local tool d=$work/boot before
  for tool in qemu-system-x86_64 syslinux mcopy mkfs.fat mkfs.ext4 sfdisk cpio busybox depmod modprobe nbdcopy debugfs; do
    has "$tool" || { skip serve_boot "$tool is not installed"; return; }
  done
  [ -e /usr/lib/syslinux/mbr/mbr.bin ] || { skip serve_boot "syslinux-common is not installed"; return; }
  apt-cache depends linux-image-cloud-amd64 >/dev/null 2>&1 || { skip serve_boot "there is no package of a kernel"; return; }
  mkdir -p "$d"
  if boot_disk "$d"; then ok "a disk with a boot loader, a kernel and a small system"; else bad "a disk with a boot loader"; return; fi
  expect 0 "its backup" "$imaging" backup-disk --device "$d/disk.raw" --out-dir "$d/set"
  rm "$d/disk.raw"
  before=$(cd "$d/set" && sha256sum -- * | sha256sum)
  serve nbd --socket "$work/nbd.sock" --in "$d/set" --overlay "$d/overlay" || return
  expect 0 "a machine boots from the backup, and powers off" boots
  says "... its system runs" "this system ran from a backup"
  says "... reads all of a large file as it was" "the content is whole"
  expect 0 "it boots again" boots
  says "... and finds what it has written" "boots before this one: one more"
  nbdcopy "$(uri '')" "$d/after"
  end_serving "the server" 0
  dd if="$d/after" of="$d/ext.after" bs=1M skip=65 count=96 status=none
  that "the written disk has a sound file system" e2fsck -fn "$d/ext.after"
  expect 0 "... with what two boots wrote" debugfs -R 'cat /boots' "$d/ext.after"
  that "... which are two lines" test "$(grep -c 'one more' "$work/out")" = 2
  that "the backup is as it was" test "$before" = "$(cd "$d/set" && sha256sum -- * | sha256sum)"
  expect 0 "... and verifies" "$imaging" verify-set --set-dir "$d/set"
  rm -rf "$d"
}
