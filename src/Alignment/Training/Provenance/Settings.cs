using System.Collections;
using System.Globalization;
using System.Reflection;
using TorchSharp;

namespace Alignment.Training;

/// <summary>Options as names and texts, such as <c>Optimizer.LearningRate</c> = <c>5e-7</c>: for a person, a model card, and to tell two runs apart.</summary>
/// <remarks>
/// A setting is a public property that can be written where its object is made (<c>init</c> or <c>set</c>), or one with a
/// <see cref="SettingAttribute"/>. Numbers computed from others are none. Groups (options within options, a loss, a divergence) are taken
/// apart, lists of them element by element; where the kind of a group may vary, its name is a setting too. What TorchSharp's modules and .NET
/// declare is left out.
/// </remarks>
internal static class Settings
{
    private const int MostNested = 8;

    /// <summary>All settings.</summary>
    public static IReadOnlyDictionary<string, string> Of(object options) => Flattened(options, isBinding: false);

    /// <summary>Those that must stay when a run goes on: without what is <see cref="FreeOnResumeAttribute"/>.</summary>
    public static IReadOnlyDictionary<string, string> BindingOf(object options) => Flattened(options, isBinding: true);

    /// <summary>The properties that are settings, those of base classes first.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type)
    {
        var ours = new Stack<Type>();
        for (var t = type; t is not null && t.Assembly != typeof(object).Assembly && t.Assembly != typeof(torch).Assembly; t = t.BaseType) ours.Push(t);
        return ours.SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPublic: true }
                && (property.SetMethod is { IsPublic: true } || property.IsDefined(typeof(SettingAttribute))))
            .DistinctBy(property => property.Name);   // an override is the same setting
    }

    private static SortedDictionary<string, string> Flattened(object options, bool isBinding)
    {
        ArgumentNullException.ThrowIfNull(options);
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(all, "", options, isBinding, 0);
        return all;
    }

    private static void Add(SortedDictionary<string, string> all, string prefix, object group, bool isBinding, int depth)
    {
        if (depth > MostNested) throw new ArgumentException($"{prefix.TrimEnd('.')}: settings may be nested {MostNested} deep at most; do they contain themselves?", nameof(group));
        foreach (var property in PropertiesOf(group.GetType()))
        {
            var value = property.GetValue(group);
            if (isBinding && IsFree(property, value)) continue;
            AddValue(all, prefix + property.Name, property.PropertyType, value, isBinding, depth);
        }
    }

    private static void AddValue(SortedDictionary<string, string> all, string name, Type declared, object? value, bool isBinding, int depth)
    {
        if (SettingText.Of(value) is { } text)
        {
            all.Add(name, text);
            return;
        }
        if (value is IEnumerable list)
        {
            var i = 0;
            var elements = value is IDictionary map ? map.Keys.Cast<object>().Select(key => (Key: $"{SettingText.Of(key)}", Value: map[key]))
                : list.Cast<object?>().Select(element => (Key: (i++).ToString(CultureInfo.InvariantCulture), Value: element));
            foreach (var element in elements) AddValue(all, $"{name}[{element.Key}]", typeof(object), element.Value, isBinding, depth);
            return;
        }
        if (!declared.IsSealed) all.Add(name, value!.GetType().Name);
        Add(all, name + ".", value!, isBinding, depth + 1);
    }

    private static bool IsFree(PropertyInfo property, object? value) =>
        property.IsDefined(typeof(FreeOnResumeAttribute)) || value?.GetType().IsDefined(typeof(FreeOnResumeAttribute)) == true;
}
