using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>Filters that make numbers.</summary>
internal static class NumberFilters
{
    public static Value Int(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "int", 0, "default", "base");
        if (!bound[1].IsMissing && Require.Integer(rendering, bound[1], "The base of int()") != 10)
            throw rendering.Error("The base of int() must be 10 here.");
        if (value.IsWhole)
            return Value.Of(value.Integer);
        if (value.IsText && long.TryParse(Digits(rendering, value.Text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return Value.Of(whole);
        var number = ToNumber(rendering, value);
        if (number is >= -9.2e18 and <= 9.2e18)
            return Value.Of((long)number.Value);
        if (number is { } large && double.IsFinite(large))
            throw rendering.Error("The result of int must be within 64 bits.");
        return bound[0].IsMissing ? Value.Of(0) : bound[0];
    }

    public static Value Float(Rendering rendering, Value value, Arguments arguments)
    {
        var otherwise = arguments.Bind(rendering, "float", 0, "default")[0];
        return ToNumber(rendering, value) is { } number ? Value.Of(number) : otherwise.IsMissing ? Value.Of(0.0) : otherwise;
    }

    public static Value Abs(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "abs", 0);
        if (value.Kind == ValueKind.Float)
            return Value.Of(Math.Abs(value.Number));
        return Require.Integer(rendering, value, "The value of abs") < 0 ? Arithmetic.Negate(rendering, value) : Value.Of(value.Integer);
    }

    public static Value Round(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "round", 0, "precision", "method");
        var precision = bound[0].IsMissing ? 0 : Require.Integer(rendering, bound[0], "The precision of round()");
        if (precision is < 0 or > 15)
            throw rendering.Error($"The precision of round() must be at least 0 and at most 15; was {precision}.");
        var method = bound[1].IsMissing ? "common" : Require.Text(rendering, bound[1], "The method of round()");
        var number = Require.Number(rendering, value, "The value of round");
        var power = Math.Pow(10, precision);
        return method switch
        {
            "common" => value.IsWhole ? Value.Of(value.Integer) : Value.Of(Nearest(number, (int)precision, power)),
            "ceil" => Value.Of(Math.Ceiling(number * power) / power),
            "floor" => Value.Of(Math.Floor(number * power) / power),
            _ => throw rendering.Error($"The method of round() must be common, ceil or floor; was '{method}'."),
        };
    }

    // To the nearest by exact value; of two equally near to the even one.
    private static double Nearest(double number, int precision, double power)
    {
        var scaled = number * power;
        var isTie = Math.FusedMultiplyAdd(number, power, -scaled) == 0 && Math.Abs(scaled % 1) == 0.5;
        return isTie || !double.IsFinite(scaled)
            ? double.IsFinite(scaled) ? Math.Round(scaled, MidpointRounding.ToEven) / power : number
            : double.Parse(number.ToString($"F{precision}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static double? ToNumber(Rendering rendering, Value value)
    {
        Require.Defined(rendering, value);
        if (value.IsNumber)
            return value.Number;
        return value.IsText && double.TryParse(Digits(rendering, value.Text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private static string Digits(Rendering rendering, string text)
    {
        rendering.Charge(text.Length);
        return PythonText.Strip(text, null);
    }
}
