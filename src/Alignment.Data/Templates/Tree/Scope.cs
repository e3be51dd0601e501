namespace Alignment.Data.Templates;

/// <summary>Names and their values within a block; what it lacks, the block around it may have.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Scope? _outer = outer;
    private Dictionary<string, Value>? _values;

    public void Set(string name, Value value) => (_values ??= [])[name] = value;

    /// <summary>The value; missing where no block has the name.</summary>
    public Value Get(string name)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._values is { } values && values.TryGetValue(name, out var value))
                return value;
        }

        return Globals.All.GetValueOrDefault(name);
    }
}
