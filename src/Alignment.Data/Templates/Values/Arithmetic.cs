namespace Alignment.Data.Templates;

/// <summary>Python's operators. Integers have 64 bits; what would leave them is an error.</summary>
internal static class Arithmetic
{
    public static Value Apply(Rendering rendering, string sign, Value a, Value b)
    {
        try
        {
            return sign switch
            {
                "+" => Add(rendering, a, b),
                "*" => Multiply(rendering, a, b),
                "%" when a.IsText => PercentFormat.Apply(rendering, a.Text, b),
                _ when !a.IsNumber || !b.IsNumber => throw Unsupported(rendering, sign, a, b),
                "-" => Whole(a, b) ? Value.Of(checked(a.Integer - b.Integer)) : Value.Of(a.Number - b.Number),
                "/" => Value.Of(a.Number / NotZero(rendering, b)),
                "//" => Divide(rendering, a, b),
                "%" => Remainder(rendering, a, b),
                _ => Power(rendering, a, b),
            };
        }
        catch (OverflowException)
        {
            throw rendering.Error($"The result of '{sign}' must be within 64 bits.");
        }
    }

    public static Value Negate(Rendering rendering, Value value)
    {
        if (value.Kind == ValueKind.Float)
            return Value.Of(-value.Number);
        var whole = Require.Integer(rendering, value, "The operand of '-'");
        return whole == long.MinValue ? throw rendering.Error("The result of '-' must be within 64 bits.") : Value.Of(-whole);
    }

    private static Value Add(Rendering rendering, Value a, Value b)
    {
        if (a.IsText && b.IsText)
        {
            rendering.ChargeText((long)a.Text.Length + b.Text.Length);
            return Value.Of(a.Text + b.Text);
        }

        if (Whole(a, b))
            return Value.Of(checked(a.Integer + b.Integer));
        if (a.IsNumber && b.IsNumber)
            return Value.Of(a.Number + b.Number);
        if (AreOneForm(a, b))
        {
            rendering.ChargeItems((long)a.Sequence.Values.Length + b.Sequence.Values.Length);
            Value[] joined = [.. a.Sequence.Values, .. b.Sequence.Values];
            return a.Sequence.Form == SequenceForm.List ? Sequence.List(joined) : Sequence.Tuple(joined);
        }

        throw Unsupported(rendering, "+", a, b);
    }

    private static Value Multiply(Rendering rendering, Value a, Value b)
    {
        if (Whole(a, b))
            return Value.Of(checked(a.Integer * b.Integer));
        if (a.IsNumber && b.IsNumber)
            return Value.Of(a.Number * b.Number);
        if (a.IsWhole && !b.IsNumber)
            (a, b) = (b, a);
        if (!b.IsWhole)
            throw Unsupported(rendering, "*", a, b);
        var times = Math.Clamp(b.Integer, 0, int.MaxValue);
        if (a.IsText)
            return Repeat(rendering, a.Text, times);
        if (a.Kind != ValueKind.Sequence || a.Sequence.Form is not (SequenceForm.List or SequenceForm.Tuple))
            throw Unsupported(rendering, "*", a, b);

        var values = a.Sequence.Values;
        rendering.ChargeItems(values.Length * times);
        var repeated = new Value[values.Length * times];
        for (var i = 0; i < repeated.Length; i++)
            repeated[i] = values[i % values.Length];
        return a.Sequence.Form == SequenceForm.List ? Sequence.List(repeated) : Sequence.Tuple(repeated);
    }

    private static Value Repeat(Rendering rendering, string text, long times)
    {
        rendering.ChargeText(text.Length * times);
        return Value.Of(text.Length == 0 ? "" : new System.Text.StringBuilder().Insert(0, text, (int)times).ToString());
    }

    private static Value Divide(Rendering rendering, Value a, Value b)
    {
        if (!Whole(a, b))
            return Value.Of(Math.Floor(a.Number / NotZero(rendering, b)));
        NotZero(rendering, b);
        var quotient = checked(a.Integer / b.Integer);
        return Value.Of(a.Integer % b.Integer != 0 && (a.Integer < 0) != (b.Integer < 0) ? quotient - 1 : quotient);
    }

    // The remainder has the divisor's sign.
    private static Value Remainder(Rendering rendering, Value a, Value b)
    {
        NotZero(rendering, b);
        if (Whole(a, b))
        {
            var whole = b.Integer == -1 ? 0 : a.Integer % b.Integer;
            return Value.Of(whole != 0 && (whole < 0) != (b.Integer < 0) ? whole + b.Integer : whole);
        }

        var rest = a.Number % b.Number;
        if (rest == 0)
            return Value.Of(Math.CopySign(0, b.Number));
        return Value.Of((rest < 0) != (b.Number < 0) ? rest + b.Number : rest);
    }

    private static Value Power(Rendering rendering, Value a, Value b)
    {
        if (!Whole(a, b) || b.Integer < 0)
        {
            if (a.Number == 0 && b.Number < 0)
                throw rendering.Error("0 must not be raised to a negative power.");
            var power = Math.Pow(a.Number, b.Number);
            return double.IsNaN(power) && !double.IsNaN(a.Number) && !double.IsNaN(b.Number)
                ? throw rendering.Error("A negative number must not be raised to a fractional power.")
                : Value.Of(power);
        }

        long result = 1;
        var factor = a.Integer;
        for (var exponent = b.Integer; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = checked(result * factor);
            if (exponent > 1)
                factor = checked(factor * factor);
        }

        return Value.Of(result);
    }

    private static double NotZero(Rendering rendering, Value divisor)
        => divisor.Number != 0 ? divisor.Number : throw rendering.Error("A divisor must not be 0.");

    private static bool Whole(Value a, Value b) => a.IsWhole && b.IsWhole;

    private static bool AreOneForm(Value a, Value b)
        => a.Kind == ValueKind.Sequence && b.Kind == ValueKind.Sequence && a.Sequence.Form == b.Sequence.Form
            && a.Sequence.Form is SequenceForm.List or SequenceForm.Tuple;

    private static ChatTemplateException Unsupported(Rendering rendering, string sign, Value a, Value b)
    {
        Require.Defined(rendering, a);
        Require.Defined(rendering, b);
        return rendering.Error($"'{sign}' is not supported between {Names.Of(a)} and {Names.Of(b)}.");
    }
}
