using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>One application of a custom function, kept alive by its native node.</summary>
        internal abstract class ManagedCall
        {
            internal AutogradContext Context { get; } = new();

            internal abstract IEnumerable<Tensor> Inputs { get; }

            internal abstract List<Tensor> Forward();

            internal abstract List<Tensor> Backward(List<Tensor> gradients);

            /// <summary>The answer of the last callback: owned handles, which native code takes.</summary>
            internal nint[] Answer = [];
            internal GCHandle Pin;
        }

        /// <summary>The doors through which the native node calls back. An exception waits here for the thread that asked.</summary>
        internal static unsafe class Callbacks
        {
            // Backward runs on threads of the engine for CUDA, so the exception is not kept by thread.
            private static Exception _thrown;

            internal static Exception TakeException() => System.Threading.Interlocked.Exchange(ref _thrown, null);

            internal static List<Tensor> Apply(ManagedCall call)
            {
                var inputs = Handles(call.Inputs);
                var self = GCHandle.ToIntPtr(GCHandle.Alloc(call));
                NativeArg* results;
                long count;
                fixed (nint* p = inputs)
                    count = Shim.shim_function_apply(p, inputs.Length, self, (nint)(delegate* unmanaged<nint, nint, nint**, long>)&Forward,
                        (nint)(delegate* unmanaged<nint, nint, nint*, long, nint**, long>)&Backward, (nint)(delegate* unmanaged<nint, void>)&Release, &results);
                if (count < 0) throw TakeException() ?? Shim.Error();
                var outputs = new List<Tensor>();
                for (var i = 0; i < count; i++) outputs.Add(new Tensor((nint)results[i].Bits));
                return outputs;
            }

            [UnmanagedCallersOnly]
            private static long Forward(nint self, nint context, nint** outputs) => Guarded(self, context, outputs, static call =>
            {
                var results = call.Forward();
                call.Context.Commit();
                return results;
            });

            [UnmanagedCallersOnly]
            private static long Backward(nint self, nint context, nint* gradients, long count, nint** outputs)
            {
                var given = new List<Tensor>();
                for (var i = 0; i < count; i++) given.Add(gradients[i] == 0 ? null : new Tensor(gradients[i]));
                return Guarded(self, context, outputs, call => call.Backward(given));
            }

            [UnmanagedCallersOnly]
            private static void Release(nint self)
            {
                var handle = GCHandle.FromIntPtr(self);
                var call = (ManagedCall)handle.Target;
                if (call.Pin.IsAllocated) call.Pin.Free();
                call.Context.Dispose();
                handle.Free();
            }

            private static long Guarded(nint self, nint context, nint** outputs, Func<ManagedCall, List<Tensor>> body)
            {
                try
                {
                    var call = (ManagedCall)GCHandle.FromIntPtr(self).Target;
                    call.Context.Native = context;
                    var tensors = body(call);
                    if (call.Pin.IsAllocated) call.Pin.Free();
                    call.Answer = [.. tensors.Select(t => t is null || t.IsInvalid ? 0 : Shim.shim_tensor_alias(t.Handle))];
                    call.Pin = GCHandle.Alloc(call.Answer, GCHandleType.Pinned);
                    *outputs = (nint*)call.Pin.AddrOfPinnedObject();
                    return call.Answer.Length;
                }
                catch (Exception e)
                {
                    _thrown = e;
                    return -1;
                }
            }
        }
    }
}
