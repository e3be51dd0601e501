namespace TorchSharp;

public static partial class torch
{
    /// <summary>The memory below a tensor, which views share.</summary>
    public abstract class Storage
    {
        protected Tensor _tensor;

        protected Storage(Tensor tensor) => _tensor = tensor;

        public unsafe nint data_ptr() => (nint)Shim.shim_tensor_storage_data(_tensor.Handle);

        public ulong nbytes() => (ulong)Shim.Check(Shim.shim_tensor_storage_bytes(_tensor.Handle));

        public abstract int element_size();
    }

    public sealed class Storage<T> : Storage, System.IDisposable where T : unmanaged
    {
        internal Storage(Tensor tensor) : base(tensor) { }

        public int Count => (int)(nbytes() / (ulong)element_size());

        public Device device => _tensor.device;

        public override unsafe int element_size() => sizeof(T);

        public void Dispose() { }
    }
}
