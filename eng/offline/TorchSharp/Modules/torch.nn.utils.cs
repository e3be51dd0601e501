using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients by one factor so that their common norm is at most max_norm. Returns the norm before.</summary>
            /// <remarks>The factor is max_norm / (norm + 1e-6), at most 1. Gradients of NaN or infinite norm are scaled too.</remarks>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var noGrad = no_grad();
                using var scope = NewDisposeScope();
                var grads = GradientsOf(tensors);
                if (grads.Count == 0) return 0.0;
                var total = TotalNorm(grads, norm_type);
                var factor = (total + 1e-6).reciprocal_().mul_(max_norm).clamp_max_(1.0);
                foreach (var grad in grads) grad.mul_(factor);
                return total.ToDouble();
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var noGrad = no_grad();
                using var scope = NewDisposeScope();
                foreach (var grad in GradientsOf(tensors)) grad.clamp_(-clip_value, clip_value);
            }

            /// <summary>All elements of all parameters, one after the other.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors) =>
                WrappedTensorDisposeScope(() => cat(tensors.Select(tensor => tensor.view(-1)).ToArray()));

            private static List<Tensor> GradientsOf(IEnumerable<Parameter> parameters)
            {
                var grads = new List<Tensor>();
                foreach (var parameter in parameters)
                {
                    if (parameter.grad is { } grad) grads.Add(grad);
                }
                return grads;
            }

            private static Tensor TotalNorm(List<Tensor> grads, double type)
            {
                if (type == 0) return full([], grads.Count);
                var norms = grads.Select(grad => Norm(grad, type)).ToList();
                return norms.Count == 1 ? norms[0] : Norm(stack(norms), type);
            }

            private static Tensor Norm(Tensor tensor, double type) =>
                double.IsPositiveInfinity(type) ? tensor.abs().max() : tensor.norm((float)type);
        }
    }
}
