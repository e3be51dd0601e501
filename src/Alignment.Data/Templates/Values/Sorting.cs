namespace Alignment.Data.Templates;

/// <summary>A stable sort by keys, as Python's; each comparison is a step.</summary>
internal static class Sorting
{
    public static Value[] Sort(Rendering rendering, Value[] values, Func<Value, Value> key, bool reverse)
    {
        var keys = Array.ConvertAll(values, value => key(value));
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Sort(rendering, keys, order, new int[order.Length], reverse ? -1 : 1);
        return Array.ConvertAll(order, i => values[i]);
    }

    private static void Sort(Rendering rendering, Value[] keys, Span<int> order, Span<int> spare, int direction)
    {
        if (order.Length < 2)
            return;
        var half = order.Length / 2;
        Sort(rendering, keys, order[..half], spare[..half], direction);
        Sort(rendering, keys, order[half..], spare[half..], direction);

        order.CopyTo(spare);
        for (int i = 0, left = 0, right = half; i < order.Length; i++)
        {
            var takesLeft = right == order.Length || (left < half
                && direction * Equality.Compare(rendering, keys[spare[right]], keys[spare[left]], "<") >= 0);
            order[i] = takesLeft ? spare[left++] : spare[right++];
        }
    }
}
