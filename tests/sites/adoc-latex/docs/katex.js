// shows formulas
