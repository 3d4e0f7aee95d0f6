package io.github.kafkagan.gan;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * PyTorch's kernels that give the same bits in every run. By default it takes quicker ones, of
 * which some of a GPU's add in whatever order their threads arrive.
 *
 * <p>DJL has no method for it, so this calls PyTorch's own, those of {@code at::Context} in its
 * {@code ATen/Context.h}, by the names that C++ compilers on Linux give them.
 */
public final class DeterministicKernels {
  private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
  private static final String LIBRARY = "/libtorch_cpu.so";
  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final String SET_CUDNN = "_ZN2at7Context21setDeterministicCuDNNEb";
  private static final String SET_ALGORITHMS = "_ZN2at7Context26setDeterministicAlgorithmsEbb";
  private static final String SET_FILL =
      "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb";
  private static final String IS_CUDNN = "_ZNK2at7Context18deterministicCuDNNEv";
  private static final String ARE_ALGORITHMS = "_ZNK2at7Context23deterministicAlgorithmsEv";

  /** C++'s; JNA's {@code true} would be another bit pattern. */
  private static final byte TRUE = 1;

  private static final byte FALSE = 0;

  private final NativeLibrary torch;
  private final Pointer context;

  private DeterministicKernels(NativeLibrary torch) {
    this.torch = torch;
    context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
  }

  /**
   * Uses them from now on, in the whole process. An operation that has none warns on standard error
   * when it is first used.
   *
   * @throws UnsupportedOperationException if this system's PyTorch cannot be told to
   */
  public static void use() {
    set(true);
  }

  static void set(boolean wanted) {
    of(Backend.version()).request(wanted ? TRUE : FALSE);
  }

  /** Whether they are used. */
  static boolean areUsed() {
    return of(Backend.version()).areRequested();
  }

  private static DeterministicKernels of(String version) {
    try (Stream<String> files = Files.lines(MAPPED_FILES)) {
      String library =
          files
              .filter(line -> line.endsWith(LIBRARY))
              .map(line -> line.substring(line.indexOf('/')))
              .findFirst()
              .orElseThrow(() -> new IOException("no" + LIBRARY + " in " + MAPPED_FILES));
      return new DeterministicKernels(NativeLibrary.getInstance(library));
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new UnsupportedOperationException(
          "PyTorch " + version + " cannot be told to use deterministic kernels here: " + e, e);
    }
  }

  private void request(byte wanted) {
    torch.getFunction(SET_CUDNN).invokeVoid(new Object[] {context, wanted});
    torch.getFunction(SET_ALGORITHMS).invokeVoid(new Object[] {context, wanted, TRUE});
    // It would also fill all new memory, to be on the safe side; no operation here reads that.
    torch.getFunction(SET_FILL).invokeVoid(new Object[] {context, FALSE});
  }

  private boolean areRequested() {
    return isTrue(IS_CUDNN) && isTrue(ARE_ALGORITHMS);
  }

  private boolean isTrue(String question) {
    return (torch.getFunction(question).invokeInt(new Object[] {context}) & 0xff) != 0;
  }
}
