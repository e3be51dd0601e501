namespace Alignment.Data.Templates;

/// <summary>Values of a wanted kind, or an error that says which value, what is allowed and what came.</summary>
internal static class Require
{
    public static void Defined(Rendering rendering, Value value)
    {
        if (value.IsUndefined)
            throw rendering.Error($"{value.Lack}.");
    }

    public static string Text(Rendering rendering, Value value, string what)
        => value.IsText ? value.Text : throw Wrong(rendering, value, what, "a text");

    public static long Integer(Rendering rendering, Value value, string what)
        => value.IsWhole ? value.Integer : throw Wrong(rendering, value, what, "an integer");

    /// <summary>An integer that counts something: kept within int, negative ones too.</summary>
    public static int Count(Rendering rendering, Value value, string what)
        => (int)Math.Clamp(Integer(rendering, value, what), int.MinValue, int.MaxValue);

    public static double Number(Rendering rendering, Value value, string what)
        => value.IsNumber ? value.Number : throw Wrong(rendering, value, what, "a number");

    public static Map Map(Rendering rendering, Value value, string what)
        => value.IsMap ? value.Map : throw Wrong(rendering, value, what, "a mapping");

    public static Value Key(Rendering rendering, Value value)
    {
        if (value.IsText)
            rendering.ChargeText(value.Text.Length);
        return ScalarComparer.CanHash(value) ? value : throw Wrong(rendering, value, "A key", "a text, a number, true, false or none");
    }

    private static ChatTemplateException Wrong(Rendering rendering, Value value, string what, string allowed)
    {
        Defined(rendering, value);
        return rendering.Error($"{what} must be {allowed}; was {Names.Of(value)}.");
    }
}
