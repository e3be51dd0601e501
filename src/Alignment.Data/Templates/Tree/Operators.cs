namespace Alignment.Data.Templates;

/// <summary><c>a + b</c> and its like.</summary>
internal sealed class Binary(int position, string sign, Expression left, Expression right) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var a = left.Evaluate(rendering, scope);
        var b = right.Evaluate(rendering, scope);
        rendering.Position = Position;
        return Arithmetic.Apply(rendering, sign, a, b);
    }
}

/// <summary><c>-a</c> or <c>+a</c>.</summary>
internal sealed class Signed(int position, bool isNegative, Expression operand) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var value = operand.Evaluate(rendering, scope);
        rendering.Position = Position;
        if (isNegative)
            return Arithmetic.Negate(rendering, value);
        return value.Kind == ValueKind.Float ? value : Value.Of(Require.Integer(rendering, value, "The operand of '+'"));
    }
}

/// <summary><c>a ~ b</c>: both as text.</summary>
internal sealed class Concatenation(int position, Expression left, Expression right) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var a = Display.Text(rendering, left.Evaluate(rendering, scope));
        var b = Display.Text(rendering, right.Evaluate(rendering, scope));
        rendering.Position = Position;
        return Arithmetic.Apply(rendering, "+", Value.Of(a), Value.Of(b));
    }
}

/// <summary><c>not a</c>.</summary>
internal sealed class Negation(int position, Expression operand) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope) => Value.Of(!Truth.Of(operand.Evaluate(rendering, scope)));
}

/// <summary><c>a and b</c> or <c>a or b</c>: the value of the operand that decides.</summary>
internal sealed class Junction(int position, bool isAnd, Expression left, Expression right) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var value = left.Evaluate(rendering, scope);
        return Truth.Of(value) == isAnd ? right.Evaluate(rendering, scope) : value;
    }
}

/// <summary><c>a if condition else b</c>; without <c>else</c>, undefined.</summary>
internal sealed class Conditional(int position, Expression condition, Expression yes, Expression? no) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        if (Truth.Of(condition.Evaluate(rendering, scope)))
            return yes.Evaluate(rendering, scope);
        return no?.Evaluate(rendering, scope)
            ?? Value.UndefinedBecause("The inline if-expression was false and has no else");
    }
}

/// <summary><c>a &lt; b &lt;= c</c>, <c>a in b</c>: true where each neighbouring pair is.</summary>
internal sealed class Comparison(int position, Expression first, (string Sign, Expression Operand)[] rest) : Operation(position)
{
    public static bool Holds(Rendering rendering, string sign, Value a, Value b) => sign switch
    {
        "==" => Equality.AreEqual(rendering, a, b),
        "!=" => !Equality.AreEqual(rendering, a, b),
        "in" => Equality.Contains(rendering, b, a),
        "not in" => !Equality.Contains(rendering, b, a),
        _ when IsNaN(a) || IsNaN(b) => false,
        "<" => Equality.Compare(rendering, a, b, sign) < 0,
        "<=" => Equality.Compare(rendering, a, b, sign) <= 0,
        ">" => Equality.Compare(rendering, a, b, sign) > 0,
        _ => Equality.Compare(rendering, a, b, sign) >= 0,
    };

    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var left = first.Evaluate(rendering, scope);
        foreach (var (sign, operand) in rest)
        {
            var right = operand.Evaluate(rendering, scope);
            rendering.Position = Position;
            if (!Holds(rendering, sign, left, right))
                return Value.False;
            left = right;
        }

        return Value.True;
    }

    private static bool IsNaN(Value value) => value.Kind == ValueKind.Float && double.IsNaN(value.Number);
}
