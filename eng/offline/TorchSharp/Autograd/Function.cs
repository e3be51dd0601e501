using System;
using System.Collections.Generic;
using System.Linq;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function with a backward of its own.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            internal static readonly T Instance = new();

            protected Function() { }

            public abstract string Name { get; }

            public static List<Tensor> apply_internal(params object[] vars) => Callbacks.Apply(new Call(vars));

            internal abstract List<Tensor> Forward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext ctx, List<Tensor> grad_outputs);

            private sealed class Call(object[] vars) : ManagedCall
            {
                private readonly bool[] _isTensor = [.. vars.Select(IsTensor)];
                private object[] _vars = vars;

                internal override IEnumerable<Tensor> Inputs => _vars.Where(IsTensor).Cast<Tensor>();

                internal override List<Tensor> Forward()
                {
                    var outputs = Instance.Forward(Context, _vars);
                    _vars = null; // what forward did not save need not live until backward
                    return outputs;
                }

                internal override List<Tensor> Backward(List<Tensor> gradients)
                {
                    var results = Instance.Backward(Context, gradients);
                    if (results.Count > _isTensor.Length && results.Skip(_isTensor.Length).All(r => r is null || r.IsInvalid))
                        results = results.GetRange(0, _isTensor.Length);
                    if (results.Count != _isTensor.Length)
                        throw new NotImplementedException($"Function {Instance.Name} returned an incorrect number of gradients (expected {_isTensor.Length}), got {results.Count}");
                    var ofTensors = new List<Tensor>();
                    for (var i = 0; i < results.Count; i++)
                    {
                        if (_isTensor[i]) ofTensors.Add(results[i]);
                        else if (results[i] is not null && !results[i].IsInvalid)
                            throw new NotImplementedException($"Function {Instance.Name} returned a gradient different that is defined at position {i + 1}, but the corresponding forward input was not a Tensor");
                    }
                    return ofTensors;
                }

                private static bool IsTensor(object value) => value is Tensor { IsInvalid: false };
            }
        }

        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            protected SingleTensorFunction() { }

            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs[0]);
        }

        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            protected MultiTensorFunction() { }

            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs);
        }
    }
}
