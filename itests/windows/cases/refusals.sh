# Targets that must not be written, whatever is asked for. Sourced by run.

# refused WHAT TEXT TARGET: a restore to it ends with 6 and says the text
refused() {
  expect 6 "$1" imaging restore --in small.skzimg --device "$3" --force
  says "... it is said why" "$2"
}

check_refused_targets() {
  local memory='HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management'
  local drive='HKLM\System\CurrentControlSet\Services\skzdisk\Parameters\Disk9'
  head -c 16M /dev/urandom >small.raw
  expect 0 "an image that fits everywhere" imaging image --device small.raw --out small.skzimg
  cp "$disks/disk9.img" before9.img; cp "$disks/disk8.img" before8.img
  refused "the volume of Windows" "Windows" 'C:'
  wine reg add "$memory" /v ExistingPageFiles /t REG_MULTI_SZ /d '\??\S:\pagefile.sys' /f >/dev/null 2>&1
  refused "a volume with a page file" "page file" 'S:'
  refused "... by its device" "page file" "\\\\.\\HarddiskVolume$(volume_of S | sed 's/.*HarddiskVolume//')"
  refused "... and its drive" "page file" '\\.\PhysicalDrive9'
  wine reg delete "$memory" /v ExistingPageFiles /f >/dev/null 2>&1
  refused "a volume with larger sectors than the image is of" "sectors of 4096" 'U:'
  refused "a drive with larger sectors" "sectors of 4096" '\\.\PhysicalDrive8'
  wine reg add "$drive" /v ReadOnly /t REG_DWORD /d 1 /f >/dev/null 2>&1
  driver '\\.\SkzControl' reload >/dev/null
  refused "a write-protected drive" "write-protected" '\\.\PhysicalDrive9'
  refused "a volume on it" "write-protected" 'T:'
  wine reg delete "$drive" /v ReadOnly /f >/dev/null 2>&1
  driver '\\.\SkzControl' reload >/dev/null
  that "nothing was written" eval 'cmp before9.img "$disks/disk9.img" && cmp before8.img "$disks/disk8.img"'
  expect 0 "what is free to be written is" imaging restore --in small.skzimg --device 'T:' --force --verify
}
