using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Calls PyTorch's operators by name. Names are those of the schema without "aten::", such as "add.Tensor".</summary>
internal static unsafe class Op
{
    private static readonly ConcurrentDictionary<string, nint> Found = new(StringComparer.Ordinal);

    internal static bool Exists(string name) => Handle(name) != 0;

    private static nint Handle(string name) => Found.TryGetValue(name, out var op) ? op : Found.GetOrAdd(name, static n =>
    {
        var dot = n.IndexOf('.');
        return Shim.shim_op_find("aten::" + (dot < 0 ? n : n[..dot]), dot < 0 ? "" : n[(dot + 1)..]);
    });

    /// <summary>An operator with one tensor as its result.</summary>
    internal static torch.Tensor Run(string name, params ReadOnlySpan<Arg> args)
    {
        NativeArg* results;
        Invoke(name, args, &results);
        return new torch.Tensor((nint)results->Bits);
    }

    /// <summary>An operator that writes into its first argument, which is also its result.</summary>
    internal static torch.Tensor Into(torch.Tensor self, string name, params ReadOnlySpan<Arg> args)
    {
        NativeArg* results;
        var count = Invoke(name, args, &results);
        for (var i = 0; i < count; i++) Shim.shim_tensor_release((nint)results[i].Bits);
        return self;
    }

    /// <summary>An operator with several tensors, or a list of them, as its results.</summary>
    internal static torch.Tensor[] Many(string name, params ReadOnlySpan<Arg> args)
    {
        NativeArg* results;
        var tensors = new torch.Tensor[Invoke(name, args, &results)];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new torch.Tensor((nint)results[i].Bits);
        return tensors;
    }

    /// <summary>An operator whose result is a number or a truth value, as its bits.</summary>
    internal static long Number(string name, params ReadOnlySpan<Arg> args)
    {
        NativeArg* results;
        Invoke(name, args, &results);
        return results->Bits;
    }

    private static long Invoke(string name, ReadOnlySpan<Arg> args, NativeArg** results)
    {
        var op = Handle(name);
        if (op == 0) throw new NotSupportedException($"This libtorch has no operator aten::{name}.");
        NativeArg* native = stackalloc NativeArg[args.Length];
        var inline = 0; // longs that lists of numbers and tensors need
        for (var i = 0; i < args.Length; i++) inline += Length(args[i]);
        long* buffer = stackalloc long[Math.Min(inline, 256)];
        var large = inline <= 256 ? null : GC.AllocateUninitializedArray<long>(inline, pinned: true);
        var next = large is null ? buffer : (long*)Unsafe.AsPointer(ref large[0]);
        for (var i = 0; i < args.Length; i++) next = Fill(args[i], ref native[i], next);
        var count = Shim.Check(Shim.shim_op_call(op, native, args.Length, results));
        GC.KeepAlive(large);
        foreach (var arg in args) GC.KeepAlive(arg.Object);
        return count;
    }

    private static int Length(in Arg arg) => arg.Object switch
    {
        null or torch.Tensor => 0,
        long[] longs => longs.Length,
        double[] doubles => doubles.Length,
        byte[] text => (text.Length + 7) / 8,
        IList<torch.Tensor> tensors => tensors.Count,
        _ => 0,
    };

    private static long* Fill(in Arg arg, ref NativeArg native, long* next)
    {
        native = new NativeArg { Tag = arg.Tag, Bits = arg.Bits, Count = arg.Count };
        if (arg.Object is null or torch.Tensor or torch.Generator) return next;
        native.Bits = (long)next;
        switch (arg.Object)
        {
            case long[] longs: longs.CopyTo(new Span<long>(next, longs.Length)); native.Count = longs.Length; break;
            case double[] doubles: doubles.CopyTo(new Span<double>(next, doubles.Length)); native.Count = doubles.Length; break;
            case byte[] text: text.CopyTo(new Span<byte>(next, text.Length)); native.Count = text.Length; break;
            case IList<torch.Tensor> tensors:
                native.Count = tensors.Count;
                for (var i = 0; i < tensors.Count; i++) next[i] = tensors[i]?.Handle ?? 0;
                break;
        }
        return next + Length(arg);
    }
}
