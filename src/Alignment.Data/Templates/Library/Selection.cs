namespace Alignment.Data.Templates;

/// <summary>Filters that apply another filter or a test to each value.</summary>
internal static class Selection
{
    public static Value Map(Rendering rendering, Value values, Arguments arguments)
    {
        if (arguments.Positional.Length > 0)
        {
            var name = Require.Text(rendering, arguments.Positional[0], "A filter's name");
            var filter = Filters.Find(name) ?? throw rendering.Error(Filters.Unknown(name));
            var rest = arguments.Skip(1);
            return Each(rendering, values, value => filter(rendering, value, rest));
        }

        var bound = arguments.Bind(rendering, "map", 0, "attribute", "default");
        if (bound[0].IsMissing)
            throw rendering.Error("map() needs a filter's name or the argument 'attribute'.");
        var path = new MemberPath(rendering, bound[0], otherwise: bound[1]);
        return Each(rendering, values, value => path.Of(rendering, value));
    }

    public static Value Select(Rendering rendering, Value values, Arguments arguments, bool keeps)
        => Pick(rendering, values, keeps, arguments, value => value);

    public static Value SelectByMember(Rendering rendering, Value values, Arguments arguments, bool keeps)
    {
        if (arguments.Positional.Length == 0)
            throw rendering.Error("A member's name is needed.");
        var path = new MemberPath(rendering, arguments.Positional[0]);
        return Pick(rendering, values, keeps, arguments.Skip(1), value => path.Of(rendering, value));
    }

    private static Value Each(Rendering rendering, Value values, Func<Value, Value> change)
    {
        rendering.Enter();
        var results = new List<Value>();
        foreach (var value in Iteration.Of(rendering, values))
        {
            rendering.Step();
            results.Add(change(value));
        }

        rendering.Leave();
        return Sequence.Iterator([.. results]);
    }

    // By the test that the first argument names, or by truth.
    private static Value Pick(Rendering rendering, Value values, bool keeps, Arguments arguments, Func<Value, Value> part)
    {
        Test? test = null;
        if (arguments.Positional.Length > 0)
        {
            var name = Require.Text(rendering, arguments.Positional[0], "A test's name");
            test = Tests.Find(name) ?? throw rendering.Error(Tests.Unknown(name));
        }

        var rest = arguments.Skip(1);
        rendering.Enter();
        var picked = new List<Value>();
        foreach (var value in Iteration.Of(rendering, values))
        {
            rendering.Step();
            var tested = part(value);
            if ((test is null ? Truth.Of(tested) : test(rendering, tested, rest)) == keeps)
                picked.Add(value);
        }

        rendering.Leave();
        return Sequence.Iterator([.. picked]);
    }
}
