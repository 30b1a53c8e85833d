"""What call flows may say and surely do not mean: rules over how numbers answer, whatever their vendor."""
