namespace Alignment.Data.Templates;

/// <summary>What a call passes, by place and by name.</summary>
internal readonly struct Arguments(Value[] positional, KeyValuePair<string, Value>[] named)
{
    public static Arguments None { get; } = new([], []);

    public Value[] Positional { get; } = positional;

    public KeyValuePair<string, Value>[] Named { get; } = named;

    public static Arguments Of(params Value[] positional) => new(positional, []);

    /// <summary>The arguments without the first <paramref name="count"/> by place.</summary>
    public Arguments Skip(int count) => new(Positional[Math.Min(count, Positional.Length)..], Named);

    /// <summary>The values in the order of <paramref name="names"/>; those not given are missing.</summary>
    public Value[] Bind(Rendering rendering, string function, int required, params ReadOnlySpan<string> names)
    {
        if (Positional.Length > names.Length)
            throw rendering.Error($"{function}() takes at most {names.Length} arguments; {Positional.Length} were given.");

        var values = new Value[names.Length];
        Positional.CopyTo(values, 0);
        foreach (var (name, value) in Named)
        {
            var place = names.IndexOf(name);
            if (place < 0)
                throw rendering.Error($"{function}() has no argument '{name}'.");
            if (!values[place].IsMissing)
                throw rendering.Error($"{function}() got two values for the argument '{name}'.");
            values[place] = value;
        }

        for (var i = 0; i < required; i++)
        {
            if (values[i].IsMissing)
                throw rendering.Error($"{function}() needs the argument '{names[i]}'.");
        }

        return values;
    }
}
