#!/usr/bin/env bash
# stage.sh OUT SERVICE...: what goes into the images, in the layers in which it changes. Run in the project's folder, built.
#   OUT/pytorch         PyTorch's CPU libraries, unpacked
#   OUT/SERVICE/lib     libraries of others, without their native code for other machines
#   OUT/SERVICE/app     the service's jar, and lib/ with the project's own libraries
set -euo pipefail

out=$1
shift
case $(uname -m) in
  x86_64) machine=linux-x86_64 native='linux64\.so$|linux-x86-64/|[Ll]inux/(amd64|x86_64)/' ;;
  aarch64) machine=linux-aarch64 native='linux-aarch64\.so$|linux-aarch64/|[Ll]inux/aarch64/' ;;
  *) echo "error: PyTorch has no build for $(uname -m)" >&2 && exit 1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unpack() { # unpack JAR: into an empty $work/jar
  rm -rf "$work/jar"
  mkdir "$work/jar"
  (cd "$work/jar" && jar xf "$1")
}

slim() { # slim JAR TO: a copy with this machine's native libraries only
  unpack "$1"
  find "$work/jar" -type f -regextype posix-extended -regex '.*\.(so|dll|dylib|jnilib|a)' |
    { grep -Ev "$native" || true; } | xargs -r rm
  jar --create --file "$2" --manifest "$work/jar/META-INF/MANIFEST.MF" --date=2026-01-01T00:00:00Z -C "$work/jar" .
}

pytorch() { # pytorch JAR FOLDER: the libraries in the jar's folder
  mkdir -p "$out/pytorch"
  unpack "$1"
  cp "$work/jar/$2/"* "$out/pytorch/"
}

for service in "$@"; do
  mkdir -p "$out/$service/lib" "$out/$service/app/lib"
  cp "$service/target/$service.jar" "$out/$service/app/"
  for jar in "$PWD/$service"/target/lib/*.jar; do
    name=$(basename "$jar")
    case $name in
      pipeline-* | gan-*) cp "$jar" "$out/$service/app/lib/" ;;
      pytorch-native-*) [ -f "$out/pytorch/libtorch.so" ] || pytorch "$jar" "pytorch/cpu/$machine" ;;
      pytorch-jni-*) [ -f "$out/pytorch/libdjl_torch.so" ] || pytorch "$jar" "jnilib/$machine/cpu" ;;
      rocksdbjni-* | zstd-jni-* | snappy-java-* | lz4-java-* | jna-*) slim "$jar" "$out/$service/lib/$name" ;;
      *) cp "$jar" "$out/$service/lib/" ;;
    esac
  done
done
