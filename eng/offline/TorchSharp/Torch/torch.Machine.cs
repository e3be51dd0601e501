using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static string __version__ => Marshal.PtrToStringUTF8(Shim.shim_version())!;

    public static int get_num_threads() => (int)Shim.shim_num_threads();

    public static void set_num_threads(int num) => Shim.shim_set_num_threads(num);

    public static int get_num_interop_threads() => (int)Shim.shim_num_interop_threads();

    public static void set_num_interop_threads(int num) => Shim.shim_set_num_interop_threads(num);

    public static bool cuda_is_available() => cuda.is_available();

    public static class cuda
    {
        public static bool is_available() => Shim.shim_cuda_available();

        public static int device_count() => (int)Shim.shim_cuda_count();

        public static void manual_seed(long seed) => Shim.shim_cuda_seed((ulong)seed);

        public static void manual_seed_all(long seed) => Shim.shim_cuda_seed((ulong)seed);

        public static void synchronize(Device? device = null) => Shim.Check(Shim.shim_cuda_synchronize(device?.index ?? -1));
    }

    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                public static bool allow_tf32 { get => Shim.shim_tf32_matmul(); set => Shim.shim_set_tf32_matmul(value); }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32 { get => Shim.shim_tf32_cudnn(); set => Shim.shim_set_tf32_cudnn(value); }
        }
    }
}
