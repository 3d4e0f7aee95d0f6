#!/bin/sh
# Runs the image's service and passes on the signal to stop. FINAL_EXIT_CODES, such as "2 3", are those after which a restart
# would not help; the container then ends with 0, which supervisors that restart whatever fails leave alone. Two processes
# that fence each other (3) would otherwise take turns for ever.

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

for final in ${FINAL_EXIT_CODES:-}; do
  if [ "$code" -eq "$final" ]; then
    echo "Ended with exit code $code; as a restart would not help, the container ends with 0." >&2
    exit 0
  fi
done
exit "$code"
