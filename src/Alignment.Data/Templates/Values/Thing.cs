namespace Alignment.Data.Templates;

/// <summary>An object with members of its own: a namespace, a loop, a cycler, or something to call.</summary>
internal abstract class Thing
{
    /// <summary>Python's name of the type, for messages.</summary>
    public abstract string TypeName { get; }

    /// <summary>How it prints.</summary>
    public virtual string Display => $"<{TypeName}>";

    /// <summary>A member; missing where it has none of that name.</summary>
    public virtual Value Member(Rendering rendering, string name) => default;
}

/// <summary>Something to call.</summary>
internal abstract class Callable : Thing
{
    public abstract Value Invoke(Rendering rendering, Arguments arguments);
}

/// <summary>A function of the library.</summary>
internal sealed class Function(string name, Func<Rendering, Arguments, Value> invoke) : Callable
{
    public override string TypeName => "function";

    public override string Display => $"<function {name}>";

    public override Value Invoke(Rendering rendering, Arguments arguments) => invoke(rendering, arguments);
}

/// <summary>A method with the value that it belongs to.</summary>
internal sealed class BoundMethod(string name, Value self, Method method) : Callable
{
    public override string TypeName => "builtin_function_or_method";

    public override string Display => $"<built-in method {name}>";

    public override Value Invoke(Rendering rendering, Arguments arguments) => method(rendering, self, arguments);
}

/// <summary>A function of the library that belongs to a value: a filter or a method.</summary>
internal delegate Value Method(Rendering rendering, Value self, Arguments arguments);
