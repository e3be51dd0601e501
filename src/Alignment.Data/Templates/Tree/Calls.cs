namespace Alignment.Data.Templates;

/// <summary>The arguments of a call as they are written.</summary>
internal sealed record CallArguments(
    Expression[] Positional, (string Name, Expression Value)[] Named, Expression? Rest, Expression? NamedRest)
{
    public static CallArguments None { get; } = new([], [], null, null);

    public Arguments Evaluate(Rendering rendering, Scope scope)
    {
        if (Positional.Length == 0 && Named.Length == 0 && Rest is null && NamedRest is null)
            return Arguments.None;

        var positional = new List<Value>(Positional.Length);
        foreach (var argument in Positional)
            positional.Add(argument.Evaluate(rendering, scope));
        if (Rest is not null)
        {
            var rest = Iteration.Of(rendering, Rest.Evaluate(rendering, scope));
            rendering.ChargeItems(rest.Length);
            positional.AddRange(rest);
        }

        var named = new List<KeyValuePair<string, Value>>(Named.Length);
        foreach (var (name, value) in Named)
            named.Add(new(name, value.Evaluate(rendering, scope)));
        if (NamedRest is not null)
        {
            foreach (var (name, value) in Require.Map(rendering, NamedRest.Evaluate(rendering, scope), "What follows '**'").Entries)
            {
                rendering.Step();
                named.Add(new(Require.Text(rendering, name, "An argument's name"), value));
            }
        }

        return new Arguments([.. positional], [.. named]);
    }
}

/// <summary><c>callee(arguments)</c>.</summary>
internal sealed class Call(int position, Expression callee, CallArguments arguments) : Operation(position)
{
    /// <summary>The call with one more named argument, as a call block gives its caller.</summary>
    public Value EvaluateWith(Rendering rendering, Scope scope, string name, Value value)
    {
        var given = arguments.Evaluate(rendering, scope);
        return Invoke(rendering, callee.Evaluate(rendering, scope), new Arguments(given.Positional, [.. given.Named, new(name, value)]));
    }

    protected override Value Compute(Rendering rendering, Scope scope)
    {
        if (callee is not Attribute attribute)
            return Invoke(rendering, callee.Evaluate(rendering, scope), arguments.Evaluate(rendering, scope));

        // A method is called where it stands, without an object for it.
        var target = attribute.Target.Evaluate(rendering, scope);
        rendering.Position = attribute.Position;
        if (Methods.Find(target, attribute.Name) is { } method)
        {
            var given = arguments.Evaluate(rendering, scope);
            rendering.Position = Position;
            return method(rendering, target, given);
        }

        var member = Attribute.Of(rendering, target, attribute.Name);
        return Invoke(rendering, member, arguments.Evaluate(rendering, scope));
    }

    private Value Invoke(Rendering rendering, Value function, Arguments given)
    {
        rendering.Position = Position;
        Require.Defined(rendering, function);
        return function.Kind == ValueKind.Thing && function.Thing is Callable callable
            ? callable.Invoke(rendering, given)
            : throw rendering.Error($"What is called must be a function or a macro; was {Names.Of(function)}.");
    }
}

/// <summary><c>value | filter(arguments)</c>; without a value, the body of a filter block.</summary>
internal sealed class FilterCall(int position, string name, Method? filter, Expression? input, CallArguments arguments) : Operation(position)
{
    public Value Apply(Rendering rendering, Scope scope, Value value)
    {
        var given = arguments.Evaluate(rendering, scope);
        rendering.Position = Position;
        return (filter ?? throw rendering.Error(Filters.Unknown(name)))(rendering, value, given);
    }

    protected override Value Compute(Rendering rendering, Scope scope) => Apply(rendering, scope, input!.Evaluate(rendering, scope));
}

/// <summary><c>value is test(arguments)</c>.</summary>
internal sealed class TestCall(int position, string name, Test? test, Expression input, CallArguments arguments) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var value = input.Evaluate(rendering, scope);
        var given = arguments.Evaluate(rendering, scope);
        rendering.Position = Position;
        return Value.Of((test ?? throw rendering.Error(Tests.Unknown(name)))(rendering, value, given));
    }
}
