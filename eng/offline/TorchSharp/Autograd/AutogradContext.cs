using System;
using System.Collections.Generic;
using System.Linq;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function keeps from forward for backward. The saved tensors live in the native node.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];

            internal AutogradContext() { }
            private List<Tensor> _saved = [];

            /// <summary>The native context, valid while forward or backward runs.</summary>
            internal nint Native { get; set; }

            public bool MaterializeGrads { get; private set; } = true;

            public void save_for_backward(List<Tensor> tensors) => _saved = [.. tensors];

            public unsafe List<Tensor> get_saved_variables()
            {
                NativeArg* results;
                var count = Shim.Check(Shim.shim_context_saved(Native, &results));
                var tensors = new List<Tensor>((int)count);
                for (var i = 0; i < count; i++) tensors.Add(results[i].Bits == 0 ? null : new Tensor((nint)results[i].Bits));
                return tensors;
            }

            public void mark_dirty(List<Tensor> tensors) => Mark(tensors, dirty: true);

            public void mark_non_differentiable(List<Tensor> tensors) => Mark(tensors, dirty: false);

            public void set_materialize_grads(bool value) => Shim.shim_context_materialize(Native, MaterializeGrads = value);

            public void save_data(string key, object value) => _data[key] = value;

            public object get_data(string key) => _data.GetValueOrDefault(key);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) => _saved = [];

            /// <summary>Hands the tensors to save to the native node, once forward has ended.</summary>
            internal unsafe void Commit()
            {
                var handles = Handles(_saved);
                fixed (nint* p = handles) Shim.Check(Shim.shim_context_save(Native, p, handles.Length));
                _saved = [];
            }

            private unsafe void Mark(List<Tensor> tensors, bool dirty)
            {
                var handles = Handles(tensors);
                fixed (nint* p = handles) Shim.Check(Shim.shim_context_mark(Native, p, handles.Length, dirty));
            }
        }
    }
}
