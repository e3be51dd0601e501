using System.Globalization;

namespace Alignment.Models;

/// <summary>Which linear layers a LoRA adapter changes, by PEFT's rules.</summary>
public sealed record LoraTargets
{
    private LoraTargets() { }

    /// <summary>Every linear layer but the output projection and a score or value head.</summary>
    public static LoraTargets AllLinear { get; } = new();

    /// <summary>Names or ends of names; null where they are not given by name.</summary>
    public IReadOnlyList<string>? Names { get; private init; }

    /// <summary>A regular expression that the whole name must match; null where there is none.</summary>
    public string? Pattern { get; private init; }

    /// <summary>Names or ends of names that are left out again.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Exclude { get; init => field = Checked(value, nameof(Exclude)); } = [];

    /// <summary>Numbers of the layers, from 0, whose modules are changed; PEFT's layers_to_transform.</summary>
    /// <value>The default is none, which means all. Names that are given in full are not asked for their layer; a pattern takes none.</value>
    public IReadOnlyList<int> Layers { get; init => field = CheckedLayers(value); } = [];

    /// <summary>Modules whose full name, or whose end of the name after a dot, is one of these.</summary>
    /// <param name="names">For example <c>q_proj</c> or <c>model.layers.0.mlp.down_proj</c>; at least one.</param>
    /// <exception cref="ArgumentException">There is no name, or one is empty.</exception>
    public static LoraTargets Named(params IReadOnlyList<string> names) => Checked(names, nameof(names)).Count > 0
        ? new() { Names = names }
        : throw new ArgumentException("There must be at least one name of a module.", nameof(names));

    /// <summary>Modules whose full name a regular expression matches from beginning to end.</summary>
    /// <param name="pattern">For example <c>.*\.(q|v)_proj</c>.</param>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public static LoraTargets Matching(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        NamePattern.Whole(pattern, nameof(pattern));
        return new() { Pattern = pattern };
    }

    /// <summary>Names that are neither null nor empty.</summary>
    internal static IReadOnlyList<string> Checked(IReadOnlyList<string> names, string property) =>
        names is null || names.Any(string.IsNullOrEmpty)
            ? throw new ArgumentException($"{property} must be names of modules; none may be null or empty.", property)
            : names;

    /// <summary>Whether one of some names is the full name or stands at its end.</summary>
    internal static bool IsAmong(IReadOnlyList<string> names, string name) => names.Any(wanted => EndsWith(name, wanted));

    internal static bool EndsWith(string name, string wanted) =>
        name == wanted || (name.EndsWith(wanted, StringComparison.Ordinal) && name[^(wanted.Length + 1)] == '.');

    /// <summary>Whether a module is a target.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="isInner">Whether it is a linear layer below the heads.</param>
    internal bool Match(string name, bool isInner)
    {
        if (IsAmong(Exclude, name)) return false;
        if (Pattern is not null) return NamePattern.Whole(Pattern, nameof(Pattern)).IsMatch(name);
        if (Names is null) return isInner && IsInLayers(name);
        return Names.Contains(name) || (IsAmong(Names, name) && IsInLayers(name));
    }

    private bool IsInLayers(string name)
    {
        if (Layers.Count == 0) return true;
        var number = name.Split('.').FirstOrDefault(part => part.All(char.IsAsciiDigit));   // the first, as 3 in model.layers.3.mlp
        return number is not null && Layers.Contains(int.Parse(number, CultureInfo.InvariantCulture));
    }

    private IReadOnlyList<int> CheckedLayers(IReadOnlyList<int> layers)
    {
        if (layers is null || layers.Any(layer => layer < 0))
            throw new ArgumentException($"{nameof(Layers)} must be numbers of layers, 0 or greater.", nameof(layers));
        return Pattern is null || layers.Count == 0
            ? layers
            : throw new ArgumentException($"{nameof(Layers)} must be empty where a pattern names the targets; put the layers into the pattern.", nameof(layers));
    }
}
