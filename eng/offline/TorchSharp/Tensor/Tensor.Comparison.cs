namespace TorchSharp;

public static partial class torch
{
    // Comparisons. The names after "Op." are those of PyTorch's own schemas.
    public partial class Tensor
    {
        public Tensor eq(Scalar target) => Op.Run("eq.Scalar", this, target);
        public Tensor eq(Tensor target) => Op.Run("eq.Tensor", this, target);
        public Tensor eq_(Scalar target) => Op.Into(this, "eq_.Scalar", this, target);
        public Tensor eq_(Tensor target) => Op.Into(this, "eq_.Tensor", this, target);
        public Tensor ne(Scalar target) => Op.Run("ne.Scalar", this, target);
        public Tensor ne(Tensor target) => Op.Run("ne.Tensor", this, target);
        public Tensor ne_(Scalar target) => Op.Into(this, "ne_.Scalar", this, target);
        public Tensor ne_(Tensor target) => Op.Into(this, "ne_.Tensor", this, target);
        public Tensor lt(Scalar target) => Op.Run("lt.Scalar", this, target);
        public Tensor lt(Tensor target) => Op.Run("lt.Tensor", this, target);
        public Tensor lt_(Scalar target) => Op.Into(this, "lt_.Scalar", this, target);
        public Tensor lt_(Tensor target) => Op.Into(this, "lt_.Tensor", this, target);
        public Tensor le(Scalar target) => Op.Run("le.Scalar", this, target);
        public Tensor le(Tensor target) => Op.Run("le.Tensor", this, target);
        public Tensor le_(Scalar target) => Op.Into(this, "le_.Scalar", this, target);
        public Tensor le_(Tensor target) => Op.Into(this, "le_.Tensor", this, target);
        public Tensor gt(Scalar target) => Op.Run("gt.Scalar", this, target);
        public Tensor gt(Tensor target) => Op.Run("gt.Tensor", this, target);
        public Tensor gt_(Scalar target) => Op.Into(this, "gt_.Scalar", this, target);
        public Tensor gt_(Tensor target) => Op.Into(this, "gt_.Tensor", this, target);
        public Tensor ge(Scalar target) => Op.Run("ge.Scalar", this, target);
        public Tensor ge(Tensor target) => Op.Run("ge.Tensor", this, target);
        public Tensor ge_(Scalar target) => Op.Into(this, "ge_.Scalar", this, target);
        public Tensor ge_(Tensor target) => Op.Into(this, "ge_.Tensor", this, target);
        public Tensor isclose(Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) => Op.Run("isclose", this, other, rtol, atol, nanEqual);
        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) => Op.Number("allclose", this, target, rtol, atol, equal_nan) != 0;
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => Op.Run("isin.Tensor_Tensor", this, test_elements, assumeUnique, invert);
        public Tensor greater(Tensor target) => Op.Run("greater.Tensor", this, target);
        public Tensor greater_equal(Tensor target) => Op.Run("greater_equal.Tensor", this, target);
        public Tensor less(Tensor target) => Op.Run("less.Tensor", this, target);
        public Tensor less_equal(Tensor target) => Op.Run("less_equal.Tensor", this, target);
        public Tensor not_equal(Tensor target) => Op.Run("not_equal.Tensor", this, target);
        public Tensor equal(Tensor target) => eq(target);
    }
}
