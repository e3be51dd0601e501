#nullable enable
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Calls its modules one after the other and disposes what lies between them.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<(string Name, nn.Module Module)> _items = [];

    internal Sequential() : base(nameof(Sequential)) { }

    protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this()
    {
        foreach (var (name, module) in modules) append(name, module);
    }

    protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this()
    {
        foreach (var module in modules) append(module);
    }

    public int Count => _items.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => (nn.IModule<Tensor, Tensor>)_items[index].Module;

    /// <summary>The same modules, not copies, from start to before end.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index]
    {
        get
        {
            var (start, end) = (index.start ?? 0, index.end ?? Count);
            if (start < 0 || start > Count) throw new IndexOutOfRangeException($"{start} is not a valid index.");
            if (end < 0 || end > Count) throw new IndexOutOfRangeException($"{end} is not a valid index.");
            var slice = new Sequential();
            for (var i = start; i < end; i++) slice._items.Add(_items[i]);
            return slice;
        }
    }

    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => this[(index.Start.GetOffset(Count), index.End.GetOffset(Count))];

    public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(), module);

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        _items.Add((name, (nn.Module)module));
        return this;
    }

    public override Tensor forward(Tensor tensor)
    {
        if (Count == 0) return tensor.alias();
        var result = this[0].call(tensor);
        for (var i = 1; i < Count; i++)
        {
            var next = this[i].call(result);
            result.Dispose();
            result = next;
        }
        return result;
    }

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
    {
        if (!recurse) yield break;
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (prefix, module) in _items)
        {
            foreach (var (name, parameter) in module.named_parameters(true))
            {
                if (!parameter.IsInvalid && seen.Add(parameter)) yield return ($"{prefix}.{name}", parameter);
            }
        }
    }

    public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true)
    {
        if (!recurse) yield break;
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (prefix, module) in _items)
        {
            foreach (var (name, buffer) in module.named_buffers(true, include_persistent))
            {
                if (!buffer.IsInvalid && seen.Add(buffer)) yield return ($"{prefix}.{name}", buffer);
            }
        }
    }

    public override IEnumerable<(string name, nn.Module module)> named_children() => _items;

    public override IEnumerable<(string name, nn.Module module)> named_modules()
    {
        foreach (var item in _items) yield return item;
        foreach (var (prefix, module) in _items)
        {
            foreach (var (name, inner) in module.named_modules()) yield return ($"{prefix}.{name}", inner);
        }
    }

    public override nn.Module apply(Action<nn.Module> fn)
    {
        foreach (var (_, module) in _items) module.apply(fn);
        fn(this);
        return this;
    }

    public override void train(bool on = true)
    {
        base.train(on);
        foreach (var (_, module) in _items) module.train(on);
    }

    public override void eval()
    {
        base.eval();
        foreach (var (_, module) in _items) module.eval();
    }

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in _items) module._to(dtype, non_blocking);
        return this;
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in _items) module._to(device, dtype, non_blocking);
        return this;
    }

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
    {
        foreach (var (_, module) in _items) module._to(deviceType, deviceIndex, non_blocking);
        return this;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, module) in _items) module.Dispose();
        }
        base.Dispose(disposing);
    }
}
