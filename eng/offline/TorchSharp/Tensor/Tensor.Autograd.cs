using System;
using System.Collections.Generic;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool is_leaf => Shim.shim_tensor_is_leaf(Handle);

        public bool requires_grad
        {
            get => Shim.shim_tensor_requires_grad(Handle);
            set => Shim.Check(Shim.shim_tensor_set_requires_grad(Handle, value));
        }

        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public void retain_grad() => Shim.Check(Shim.shim_tensor_retain_grad(Handle));

        public Tensor? grad
        {
            get => Shim.shim_tensor_grad(Handle) is var gradient and not 0 ? new Tensor(gradient) : null;
            set => Shim.Check(Shim.shim_tensor_set_grad(Handle, value?.Handle ?? 0));
        }

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Op.Run("detach", this);

        public Tensor detach_() => Op.Into(this, "detach_", this);
    }
}
