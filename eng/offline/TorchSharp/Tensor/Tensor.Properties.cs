namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Shim.shim_tensor_dim(Handle);

        public long dim() => Dimensions;

        public long ndim => Dimensions;

        public long NumberOfElements => Shim.shim_tensor_numel(Handle);

        public long numel() => NumberOfElements;

        public long ElementSize => Shim.shim_tensor_item_size(Handle);

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)Shim.shim_tensor_dtype(Handle);

        public DeviceType device_type => (DeviceType)Shim.shim_tensor_device_type(Handle);

        public int device_index => (int)Shim.shim_tensor_device_index(Handle);

        public Device device => new(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Shim.shim_tensor_is_sparse(Handle);

        public bool is_contiguous() => Shim.shim_tensor_is_contiguous(Handle);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public long storage_offset() => Shim.shim_tensor_storage_offset(Handle);

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* p = sizes) Shim.shim_tensor_sizes(Handle, p);
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim) => Op.Number("size.int", this, dim);

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* p = strides) Shim.shim_tensor_strides(Handle, p);
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + Dimensions : dim];

        public override string ToString() => this.metastr();
    }

    public static bool is_integral(ScalarType type) => type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    public static bool is_floating_point(ScalarType type) => type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static bool is_integral(Tensor t) => t.is_integral();

    public static bool is_floating_point(Tensor input) => input.is_floating_point();
}
