# The project's own unit tests in the Windows JVM, sourced by run. They must have been built and run on this machine before
# (mvn verify): the class path of each module is that of its last run, which stands in its reports.

# Not engine: its tests find codecs and allocators as modules do, and here all is on the class path.
readonly UNIT_MODULES="file-io store-file device-file command shell launcher"

# units [MODULE[:CLASS...]]: those of some modules only, in the variable UNITS, traces of failures with TRACES=true:
#   UNITS="engine:org.imagingutility.engine.RefusedPluginTest" TRACES=true itests/windows/run units
check_units() {
  local unit module report runner junit
  junit=$(find "$HOME/.m2/repository/org/junit/platform/junit-platform-launcher" -name '*.jar' 2>/dev/null | sort -V | tail -n 1)
  [ -n "$junit" ] || { skip units "there is no junit-platform-launcher in ~/.m2: run the tests by Maven first (mvn verify)"; return; }
  for unit in ${UNITS:-$UNIT_MODULES}; do
    module=${unit%%:*}
    report=$(ls "$root/bundles/$module"/target/surefire-reports/TEST-*.xml 2>/dev/null | head -n 1)
    [ -n "$report" ] || { skip "units of $module" "its tests were not run by Maven (mvn verify)"; continue; }
    if [ "$module" = launcher ] && [ "$unit" = launcher ]; then
      # the framework reads system properties when its classes are loaded, so each class has a JVM of its own, as in Maven
      unit_tests launcher "$report" "$junit" $(cd "$root/bundles/launcher/target/test-classes" && find . -name '*Test.class' | sed 's#^\./##; s#\.class$##; s#/#.#g' | sort)
    else
      unit_tests "$module" "$report" "$junit" $(tr : ' ' <<<"$unit" | cut -s -d ' ' -f 2-)
    fi
  done
}

# a value of a system property in a report of Maven's
property() { sed -n "s/.*<property name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$2" | head -n 1; }

# a class path of this machine as one of Windows': what lies in the project is on P:, where no host's /proc and /sys are
windows_path() {
  local entry made=
  while IFS= read -r -d : entry; do
    case $entry in
      '') ;;
      "$root"/*) entry=${entry#"$root"}; made="$made;P:${entry//\//\\}" ;;
      *) made="$made;Z:${entry//\//\\}" ;;
    esac
  done <<<"$1:"
  printf '%s' "${made#;}"
}

# unit_tests MODULE REPORT JUNIT [CLASS...]: all classes in one JVM, or each of those named in one of its own
unit_tests() {
  local module=$1 report=$2 junit=$3 path classes=$work/units class code=0; shift 3
  path=$(property surefire.test.class.path "$report"):$(property jdk.module.path "$report")
  mkdir -p "$classes" "$work/unit"
  javac --release 17 -cp "$(printf %s "$path"):$junit" -d "$classes" "$here/units/UnitTests.java" >"$out" 2>&1 || { bad "units of $module: the runner"; return; }
  path=$(windows_path "$classes:$junit:$path")
  printf -- '-cp\n"%s"\n' "${path//\\/\\\\}" >"$work/unit/$module.path"
  : >"$work/unit/$module"
  for class in "${@:-}"; do
    (
      cd "$root/bundles/$module" || exit
      export SOURCE_DATE_EPOCH=1700000000 SKZ_MANDATORY_LOCKS=1 SKZ_STABLE_CREATION=1
      exec wine 'C:\java\bin\java.exe' '-agentpath:C:\rig\skzhook.dll' -Xmx1g -XX:MaxDirectMemorySize=4g "-Dtraces=${TRACES:-false}" \
        "@$(windows_path "$work/unit/$module.path")" UnitTests "$(windows_path "$root/bundles/$module/target/test-classes")" ${class:+"$class"}
    ) >>"$work/unit/$module" 2>&1 </dev/null || code=1
  done
  tr -d '\r' <"$work/unit/$module" >"$out"
  if [ $code = 0 ]; then ok "units of $module: $(count passed) passed, $(count skipped) skipped"; else
    grep -E '^(FAILED|skipped) ' "$out" | sed 's/^/        | /'
    grep -E '^[0-9]+ passed, ' "$out" >/dev/null || tail -n 20 "$out" | sed 's/^/        | /'
    : >"$out"
    bad "units of $module: $(count failed "$work/unit/$module") failed, $(count passed "$work/unit/$module") passed, $(count skipped "$work/unit/$module") skipped"
  fi
}
# count passed|failed|skipped [FILE]: the sum of the last lines of all JVMs
count() { grep -E "^[0-9]+ passed, [0-9]+ failed" "${2:-$out}" | grep -oE "[0-9]+ $1" | awk "{ n += \$1 } END { print n + 0 }"; }
