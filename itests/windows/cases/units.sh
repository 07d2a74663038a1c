# The project's own unit tests in the Windows JVM, sourced by run. They must have been built and run on this machine before
# (mvn verify): class path and module path of each module are those of its last run, which stand in its reports.

readonly UNIT_MODULES="file-io store-file device-file command shell launcher engine"

# units [MODULE[:CLASS...]]: those of some modules only, in the variable UNITS, traces of failures with TRACES=true:
#   UNITS="engine:org.imagingutility.engine.swap.RefusedPluginTest" TRACES=true itests/windows/run units
# LEFT_OUT='REGEX' leaves out classes whose whole name matches it: FaultInjectionTest and FaultyPluginTest of the engine take long.
check_units() {
  local unit module report junit
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

# a path of classes or modules of this machine as one of Windows': what lies in the project is on P:, where no host's /proc and
# /sys are; in the quotes of an argument file
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
quoted_path() { local path; path=$(windows_path "$1"); printf '"%s"\n' "${path//\\/\\\\}"; }

# java_options MODULE REPORT CLASSES JUNIT: as Maven starts the tests of the module. Where it has a module path, the tests are
# patched into the module that they test, so that it finds plug-ins as a module does; else all is on the class path.
java_options() {
  local module=$1 tests=$root/bundles/$1/target/test-classes modules path name jna
  path=$(property surefire.test.class.path "$2") modules=$(property jdk.module.path "$2")
  # the distribution for Windows has it always
  jna=$(tr : '\n' <<<"$path:$modules" | grep -m 1 '/jna-jpms-[^/]*\.jar$')
  echo -cp; quoted_path "$3:$4:$path"
  [ -n "$modules" ] || return 0
  name=$(sed -n 's#.*<module.name>\(.*\)</module.name>.*#\1#p' "$root/bundles/$module/pom.xml")
  echo --module-path; quoted_path "$modules${jna:+:$jna}"
  echo --add-modules; echo "$name${jna:+,com.sun.jna}"
  echo --patch-module; printf '%s=' "$name"; quoted_path "$tests" | sed 's/^"//; s/"$//'
  echo --add-reads; echo "$name=ALL-UNNAMED"
  # to junit
  (cd "$tests" && find . -name '*.class' -printf '%h\n' | sort -u | sed 's#^\./##; s#/#.#g; s#.*#--add-opens\n'"$name"'/&=ALL-UNNAMED#')
}

# unit_tests MODULE REPORT JUNIT [CLASS...]: all classes in one JVM, or each of those named in one of its own
unit_tests() {
  local module=$1 report=$2 junit=$3 classes=$work/units class code=0; shift 3
  mkdir -p "$classes" "$work/unit"
  javac --release 17 -cp "$(property surefire.test.class.path "$report"):$junit" -d "$classes" "$here/units/UnitTests.java" >"$out" 2>&1 || { bad "units of $module: the runner"; return; }
  java_options "$module" "$report" "$classes" "$junit" >"$work/unit/$module.options"
  : >"$work/unit/$module"
  for class in "${@:-}"; do
    (
      cd "$root/bundles/$module" || exit
      export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH-1700000000} SKZ_MANDATORY_LOCKS=1 SKZ_STABLE_CREATION=1
      [ -n "$SOURCE_DATE_EPOCH" ] || unset SOURCE_DATE_EPOCH
      exec wine 'C:\java\bin\java.exe' '-agentpath:C:\rig\skzhook.dll' -Xmx1g -XX:MaxDirectMemorySize=4g "-Dtraces=${TRACES:-false}" "-Dexclude=${LEFT_OUT:--}" \
        "@$(windows_path "$work/unit/$module.options")" UnitTests "$(windows_path "$root/bundles/$module/target/test-classes")" ${class:+"$class"}
    ) >>"$work/unit/$module" 2>&1 </dev/null || code=1
  done
  tr -d '\r' <"$work/unit/$module" >"$out"
  [ "$(count passed)" -gt 0 ] || code=1
  if [ $code = 0 ]; then ok "units of $module: $(count passed) passed, $(count skipped) skipped"; else
    grep -E '^(FAILED|skipped) ' "$out" | sed 's/^/        | /'
    grep -E '^[0-9]+ passed, ' "$out" >/dev/null || tail -n 20 "$out" | sed 's/^/        | /'
    : >"$out"
    bad "units of $module: $(count failed "$work/unit/$module") failed, $(count passed "$work/unit/$module") passed, $(count skipped "$work/unit/$module") skipped"
  fi
}
# count passed|failed|skipped [FILE]: the sum of the last lines of all JVMs
count() { grep -E "^[0-9]+ passed, [0-9]+ failed" "${2:-$out}" | grep -oE "[0-9]+ $1" | awk "{ n += \$1 } END { print n + 0 }"; }
