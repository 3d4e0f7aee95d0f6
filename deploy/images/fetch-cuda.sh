#!/usr/bin/env bash
# fetch-cuda.sh OUT FLAVOR: PyTorch's CUDA build from DJL's site, with the JNI library that Maven has of it. Run in the
# project's folder, built.
set -euo pipefail

out=$1
flavor=$2
jni=("$PWD"/trainer/target/lib/pytorch-jni-*.jar)
version=$(basename "${jni[0]}" .jar) # pytorch-jni-<PyTorch>-<DJL>
version=${version#pytorch-jni-}
site=https://publish.djl.ai/pytorch/${version%%-*}

mkdir -p "$out"
cd "$out"
files=$(curl -fsSL --retry 3 "$site/files.txt" | grep "^$flavor/linux-x86_64/") || {
  echo "error: $site has no build $flavor for linux-x86_64" >&2
  exit 1
}
for file in $files; do
  name=$(basename "$file" .gz)
  echo "Fetching $name ..."
  curl -fsSL --retry 3 "$site/$file" | gunzip >"${name//%2B/+}"
done
jar xf "${jni[0]}" "jnilib/linux-x86_64/$flavor/libdjl_torch.so"
mv "jnilib/linux-x86_64/$flavor/libdjl_torch.so" .
rm -r jnilib

# DJL asks CUDA's runtime how many GPUs there are, and looks for it by this name; in the build its name has a hash.
runtime=(libcudart*.so*)
if [ "${#runtime[@]}" -ne 1 ] || [ ! -e "${runtime[0]}" ]; then
  echo "error: expected one libcudart of build $flavor, found ${runtime[*]}" >&2
  exit 1
fi
mkdir cudart
ln -s "../${runtime[0]}" cudart/libcudart.so
