#!/bin/sh
# Runs the image's service and passes on the signal to stop. FENCED_EXIT_CODE replaces exit code 3, "fenced by a newer
# process": a supervisor that restarts whatever fails must not restart that one, or the two take turns for ever.

# Out of memory ends the process. (ExitOnOutOfMemoryError would end it with 3.)
# shellcheck disable=SC2086
java -XX:+UseSerialGC -XX:+CrashOnOutOfMemoryError -XX:-CreateCoredumpOnCrash -XX:+ErrorFileToStderr \
  $JAVA_OPTS -jar "/app/$GAN_JAR" "$@" &
service=$!
trap 'kill -TERM "$service" 2>/dev/null' TERM INT

wait "$service"
code=$?
while kill -0 "$service" 2>/dev/null; do # a signal has interrupted the wait
  wait "$service"
  code=$?
done

if [ "$code" -eq 3 ]; then
  code=${FENCED_EXIT_CODE:-3}
fi
exit "$code"
