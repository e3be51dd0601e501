namespace Alignment.Data.Reports;

/// <summary>The parts of a directed graph in which every node reaches every other.</summary>
/// <remarks>Tarjan 1972, "Depth-first search and linear graph algorithms", with a stack of its own: a hostile graph may be as deep as it is large.</remarks>
internal sealed class StronglyConnected
{
    private readonly IReadOnlyList<IReadOnlyList<int>> _edges;
    private readonly int[] _index;     // when a node was found, from 1; 0: not yet
    private readonly int[] _lowest;    // the earliest node that its subtree reaches
    private readonly bool[] _isOpen;
    private readonly Stack<int> _open = new();
    private readonly int[] _parts;
    private int _found;
    private int _count;

    private StronglyConnected(IReadOnlyList<IReadOnlyList<int>> edges)
    {
        _edges = edges;
        (_index, _lowest, _isOpen, _parts) = (new int[edges.Count], new int[edges.Count], new bool[edges.Count], new int[edges.Count]);
    }

    /// <summary>The number of each node's part; parts are numbered from 0 in the order in which they close.</summary>
    /// <param name="edges">For each node, where its edges lead.</param>
    public static int[] Parts(IReadOnlyList<IReadOnlyList<int>> edges)
    {
        var search = new StronglyConnected(edges);
        for (var node = 0; node < edges.Count; node++)
            if (search._index[node] == 0) search.From(node);
        return search._parts;
    }

    private void From(int start)
    {
        var path = new Stack<(int Node, int Edge)>();
        Enter(start);
        path.Push((start, 0));
        while (path.TryPop(out var place))
        {
            var (node, edge) = place;
            if (edge == _edges[node].Count)
            {
                if (_lowest[node] == _index[node]) Close(node);
                if (path.TryPeek(out var above)) _lowest[above.Node] = Math.Min(_lowest[above.Node], _lowest[node]);
                continue;
            }
            path.Push((node, edge + 1));
            var next = _edges[node][edge];
            if (_index[next] == 0)
            {
                Enter(next);
                path.Push((next, 0));
            }
            else if (_isOpen[next])
            {
                _lowest[node] = Math.Min(_lowest[node], _index[next]);
            }
        }
    }

    private void Enter(int node)
    {
        _index[node] = _lowest[node] = ++_found;
        _open.Push(node);
        _isOpen[node] = true;
    }

    private void Close(int root)
    {
        int node;
        do
        {
            node = _open.Pop();
            _isOpen[node] = false;
            _parts[node] = _count;
        }
        while (node != root);
        _count++;
    }
}
