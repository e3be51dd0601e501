using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The native half, torch_shim.cpp, entry by entry. Tensors are owned TensorImpl pointers.</summary>
internal static unsafe partial class Shim
{
    private const string Library = "torch_shim";

    [LibraryImport(Library)] internal static partial nint shim_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint shim_op_find(string name, string overload);
    [LibraryImport(Library)] internal static partial long shim_op_call(nint op, NativeArg* arguments, long count, NativeArg** results);

    [LibraryImport(Library), SuppressGCTransition] internal static partial nint shim_tensor_alias(nint tensor);
    [LibraryImport(Library)] internal static partial void shim_tensor_release(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long shim_tensor_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long shim_tensor_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long shim_tensor_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long shim_tensor_item_size(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long shim_tensor_device_type(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long shim_tensor_device_index(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long shim_tensor_storage_offset(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void shim_tensor_sizes(nint tensor, long* sizes);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void shim_tensor_strides(nint tensor, long* strides);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_tensor_is_contiguous(nint tensor);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_tensor_requires_grad(nint tensor);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_tensor_is_leaf(nint tensor);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_tensor_is_sparse(nint tensor);
    [LibraryImport(Library)] internal static partial void* shim_tensor_data(nint tensor);
    [LibraryImport(Library)] internal static partial void* shim_tensor_storage_data(nint tensor);
    [LibraryImport(Library)] internal static partial long shim_tensor_storage_bytes(nint tensor);
    [LibraryImport(Library)] internal static partial long shim_tensor_set_requires_grad(nint tensor, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Library)] internal static partial nint shim_tensor_grad(nint tensor);
    [LibraryImport(Library)] internal static partial long shim_tensor_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)] internal static partial long shim_tensor_retain_grad(nint tensor);

    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_grad_enabled();
    [LibraryImport(Library)] internal static partial void shim_set_grad_enabled([MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Library)] internal static partial nint shim_inference_begin([MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Library)] internal static partial void shim_inference_end(nint guard);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_inference_enabled();
    [LibraryImport(Library)] internal static partial long shim_backward(nint* tensors, long count, nint* gradients, long gradientCount, [MarshalAs(UnmanagedType.U1)] bool retain, [MarshalAs(UnmanagedType.U1)] bool create, nint* inputs, long inputCount);
    [LibraryImport(Library)] internal static partial long shim_grad(nint* outputs, long count, nint* inputs, long inputCount, nint* gradients, long gradientCount, [MarshalAs(UnmanagedType.U1)] bool retain, [MarshalAs(UnmanagedType.U1)] bool create, [MarshalAs(UnmanagedType.U1)] bool allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial long shim_function_apply(nint* inputs, long count, nint managed, nint forward, nint backward, nint release, NativeArg** results);
    [LibraryImport(Library)] internal static partial long shim_context_save(nint context, nint* tensors, long count);
    [LibraryImport(Library)] internal static partial long shim_context_saved(nint context, NativeArg** results);
    [LibraryImport(Library)] internal static partial long shim_context_mark(nint context, nint* tensors, long count, [MarshalAs(UnmanagedType.U1)] bool dirty);
    [LibraryImport(Library)] internal static partial void shim_context_materialize(nint context, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_anomaly_enabled();
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_anomaly_checks_nan();
    [LibraryImport(Library)] internal static partial void shim_set_anomaly([MarshalAs(UnmanagedType.U1)] bool enabled, [MarshalAs(UnmanagedType.U1)] bool checkNan);

    [LibraryImport(Library)] internal static partial nint shim_generator_default();
    [LibraryImport(Library)] internal static partial nint shim_generator_new(ulong seed, long deviceType, long index);
    [LibraryImport(Library)] internal static partial void shim_generator_release(nint generator);
    [LibraryImport(Library)] internal static partial void shim_generator_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial ulong shim_generator_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial nint shim_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial long shim_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] internal static partial void shim_manual_seed(ulong seed);

    [LibraryImport(Library)] internal static partial nint shim_version();
    [LibraryImport(Library)] internal static partial long shim_num_threads();
    [LibraryImport(Library)] internal static partial void shim_set_num_threads(long count);
    [LibraryImport(Library)] internal static partial long shim_num_interop_threads();
    [LibraryImport(Library)] internal static partial void shim_set_num_interop_threads(long count);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_cuda_available();
    [LibraryImport(Library)] internal static partial long shim_cuda_count();
    [LibraryImport(Library)] internal static partial long shim_cuda_synchronize(long index);
    [LibraryImport(Library)] internal static partial void shim_cuda_seed(ulong seed);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_tf32_matmul();
    [LibraryImport(Library)] internal static partial void shim_set_tf32_matmul([MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool shim_tf32_cudnn();
    [LibraryImport(Library)] internal static partial void shim_set_tf32_cudnn([MarshalAs(UnmanagedType.U1)] bool value);

    internal static ExternalException Error() => new(Marshal.PtrToStringUTF8(shim_last_error()));

    /// <summary>Throws what libtorch said when a native entry answered a failure.</summary>
    internal static long Check(long answer) => answer < 0 ? throw Error() : answer;
}
