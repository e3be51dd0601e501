using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace TorchSharp.Utils;

/// <summary>A dictionary that also keeps the order in which its keys came in.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
{
    private readonly List<(TKey, TValue)> _order = [];
    private readonly Dictionary<TKey, TValue> _byKey = [];

    public int Count => _byKey.Count;

    public bool IsReadOnly => false;

    public ICollection<TKey> Keys => _order.Select(item => item.Item1).ToList();

    public ICollection<TValue> Values => _order.Select(item => item.Item2).ToList();

    public (TKey, TValue) this[int index]
    {
        get => _order[index];
        set
        {
            _order[index] = value;
            _byKey[value.Item1] = value.Item2;
        }
    }

    public TValue this[TKey key]
    {
        get => _byKey[key];
        set
        {
            if (_byKey.ContainsKey(key)) _order[Find(key)] = (key, value);
            else _order.Add((key, value));
            _byKey[key] = value;
        }
    }

    public IEnumerator<(TKey, TValue)> items() => _order.GetEnumerator();

    public IEnumerable<TKey> keys() => _byKey.Keys;

    public IEnumerable<TValue> values() => _byKey.Values;

    public void clear() => Clear();

    public void Clear()
    {
        _order.Clear();
        _byKey.Clear();
    }

    public void Add(TKey key, TValue value)
    {
        _byKey.Add(key, value);
        _order.Add((key, value));
    }

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public void Insert(int index, (TKey, TValue) item)
    {
        _byKey.Add(item.Item1, item.Item2);
        _order.Insert(index, item);
    }

    public bool Contains((TKey, TValue) item) => _order.Contains(item);

    public bool Contains(KeyValuePair<TKey, TValue> item) => _byKey.ContainsKey(item.Key);

    public bool ContainsKey(TKey key) => _byKey.ContainsKey(key);

    public int IndexOf((TKey, TValue) item) => _order.IndexOf(item);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _byKey.TryGetValue(key, out value);

    public bool Remove(TKey key)
    {
        if (!_byKey.ContainsKey(key)) throw new KeyNotFoundException($"The given key '{key}' was not present in the dictionary.");
        _order.RemoveAt(Find(key));
        return _byKey.Remove(key);
    }

    public bool Remove((TKey, TValue) item)
    {
        _byKey.Remove(item.Item1);
        return _order.Remove(item);
    }

    public bool Remove(KeyValuePair<TKey, TValue> item) => _byKey.ContainsKey(item.Key) && Remove(item.Key);

    public void RemoveAt(int index)
    {
        if (index >= _order.Count) throw new IndexOutOfRangeException();
        _byKey.Remove(_order[index].Item1);
        _order.RemoveAt(index);
    }

    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _order.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex) => throw new NotImplementedException();

    public IEnumerator<(TKey, TValue)> GetEnumerator() => _order.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => throw new NotImplementedException();

    IEnumerator IEnumerable.GetEnumerator() => throw new NotImplementedException();

    private int Find(TKey key) => _order.FindIndex(item => item.Item1.Equals(key));
}
