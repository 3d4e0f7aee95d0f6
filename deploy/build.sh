# Sourced by demo.sh and bench.sh, which have set home and jars: finds java, and builds the jars if one is missing or older
# than what it is made of.

fail() {
  echo "error: $*" >&2
  exit 1
}

java=java
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java="$JAVA_HOME/bin/java"
fi
settings=$("$java" -XshowSettings:properties -version 2>&1) || fail "Java 17 or newer is needed, and no java was found."
version=$(sed -n 's/^ *java\.specification\.version = //p' <<<"$settings")
[ "${version%%.*}" -ge 17 ] 2>/dev/null || fail "Java 17 or newer is needed, and $java is Java ${version:-unknown}."

up_to_date() {
  local jar
  for jar in "${jars[@]}"; do
    [ -f "$jar" ] || return 1
    [ -z "$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/deploy/*/pom.xml \
      "$home"/*/src/main "$home"/deploy/*/src/main -newer "$jar" -print -quit 2>/dev/null)" ] || return 1
  done
}

if ! up_to_date; then
  command -v mvn >/dev/null || fail "Maven 3.8.7 or newer is needed to build the project, and no mvn was found."
  echo "Building (the first time, Maven fetches the libraries: a few minutes) ..."
  (cd "$home" && mvn -q -B -DskipTests package) || fail "The build failed; Maven's messages above say why."
  touch "${jars[@]}"
fi
