using System;
using System.Collections.Generic;
using System.Linq;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Indexing as in Python: views for numbers and slices, gathering for tensors.</summary>
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => select(0, i1).copy_(value);
        }

        public Tensor this[long i1, long i2]
        {
            get => select(0, i1).select(0, i2);
            set => this[i1].select(0, i2).copy_(value);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => this[i1, i2].select(0, i3);
            set => this[i1, i2].select(0, i3).copy_(value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = View(indices);
            return tensors is null ? view : Op.Run("index.Tensor", view, Arg.Optional(tensors));
        }

        public Tensor index(params Tensor[] indices) => Op.Run("index.Tensor", this, Arg.Optional(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, tensors) = View(indices);
            if (tensors is null) view.copy_(value);
            else Op.Into(view, "index_put_", view, Arg.Optional(tensors), value);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => Op.Into(this, "index_put_", this, Arg.Optional(indices), value, accumulate);

        private (Tensor View, IList<Tensor?>? Tensors) View(TensorIndex[] indices)
        {
            var view = alias();
            List<Tensor?> tensors = [];
            var dim = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                var at = indices[i];
                switch (at.kind)
                {
                    case TensorIndex.Kind.Single: view = view.select(dim, at.start!.Value); break;
                    case TensorIndex.Kind.Slice: view = Op.Run("slice.Tensor", view, dim, at.start, at.stop, at.step ?? 1); dim++; tensors.Add(null); break;
                    case TensorIndex.Kind.Null: view = view.unsqueeze(dim++); tensors.Add(null); break;
                    case TensorIndex.Kind.Tensor: tensors.Add(at.tensor); dim++; break;
                    case TensorIndex.Kind.Ellipsis:
                        var after = indices.Skip(i + 1).Count(x => x.kind != TensorIndex.Kind.Null);
                        for (; dim < view.dim() - after; dim++) tensors.Add(null);
                        break;
                    default: throw new NotSupportedException("Indexing by a truth value is not supported.");
                }
            }
            return (view, tensors.All(t => t is null) ? null : tensors);
        }
    }
}
