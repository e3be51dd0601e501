using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Spectre.Console;

namespace Alignment.Samples;

/// <summary>A command line as the properties of a record: <c>--max-loss 1.5</c> sets <c>MaxLoss</c>, a flag such as <c>--dry-run</c> a bool.</summary>
internal static class CommandLine
{
    /// <exception cref="ArgumentException">An option is unknown, or its value is missing or of another kind; the message names it.</exception>
    public static TSettings Parse<TSettings>(IEnumerable<string> args) where TSettings : new()
    {
        var settings = new TSettings();
        var left = new Queue<string>(args);
        while (left.TryDequeue(out var name))
        {
            var option = typeof(TSettings).GetProperties().FirstOrDefault(option => NameOf(option) == name)
                ?? throw new ArgumentException($"There is no option '{name}'; --help lists all.");
            option.SetValue(settings, option.PropertyType == typeof(bool) ? true : ValueOf(name, option.PropertyType, left));
        }
        return settings;
    }

    /// <summary>Writes what can be set, by the descriptions of the record and of its properties.</summary>
    public static void WriteHelp<TSettings>() where TSettings : new()
    {
        var usual = new TSettings();
        var options = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var option in typeof(TSettings).GetProperties())
        {
            var value = option.GetValue(usual) is var given and not (null or bool)
                ? string.Create(CultureInfo.InvariantCulture, $"; {given} by default")
                : "";
            options.AddRow(Markup.Escape(NameOf(option)), Markup.Escape($"{DescriptionOf(option)}{value}."));
        }
        AnsiConsole.WriteLine(DescriptionOf(typeof(TSettings)));
        AnsiConsole.Write(new Padder(options, new Padding(2, 1, 0, 0)));
    }

    private static object ValueOf(string name, Type type, Queue<string> left)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var (kind, read) = KindOf(type);
        if (!left.TryDequeue(out var text) || text.StartsWith("--", StringComparison.Ordinal))
            throw new ArgumentException($"{name} must be followed by {kind}.");
        return read(text) ?? throw new ArgumentException($"{name} must be {kind}; it was '{text}'.");
    }

    private static (string Kind, Func<string, object?> Read) KindOf(Type type) =>
        type == typeof(int) ? ("a whole number", text => int.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? whole : null)
        : type == typeof(double) ? ("a number", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null)
        : type.IsEnum ? ($"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}", text => Enum.TryParse(type, text, true, out var one) ? one : null)
        : ("a text", text => text);

    private static string NameOf(PropertyInfo option) => $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(option.Name)}";

    private static string DescriptionOf(MemberInfo member) => member.GetCustomAttribute<DescriptionAttribute>()!.Description;
}
